"""Definitions in the record: drafts, publishing, figures that regulations set, and whether people are there."""

from workflow.definitions import duty_roles, inspections, parameters, publishing, staffing, wording
from workflow.definitions.parameters import FigureForm
from workflow.definitions.publishing import Published

__all__ = ["FigureForm", "Published", "duty_roles", "inspections", "parameters", "publishing", "staffing", "wording"]
