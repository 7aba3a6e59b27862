"""govner reads Chinese government information-disclosure reports (政府信息公开工作年度报告)."""

from importlib.metadata import version

__version__ = version("govner")
