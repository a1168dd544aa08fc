"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class BacklightRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` through the project's own templates."""

    form_template_name = "clinic/forms/form.html"
    field_template_name = "clinic/forms/field.html"
