"""Impact-assessment forms over the same evidence, each dated and versioned.

Every field is ``computed`` (counted in the run), ``declared`` (stands in the scheme) or
``human`` (an empty box with the question). No form says that anything is lawful or prohibited.
"""

from collections.abc import Callable

from scoredsociety.report.evidence import Evidence
from scoredsociety.report.forms.ai_act_article_5 import article_5_screen
from scoredsociety.report.forms.ai_act_article_27 import article_27_assessment
from scoredsociety.report.forms.form import Field, Form, FormPart, form_text, write_form

FORMS: dict[str, Callable[[Evidence], Form]] = {
    "ai_act_article_5": article_5_screen,
    "ai_act_article_27": article_27_assessment,
}

__all__ = ["FORMS", "Field", "Form", "FormPart", "form_text", "write_form"]
