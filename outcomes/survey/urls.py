"""The patient's pages, reached by a link."""

from django.urls import URLPattern, path

from outcomes.survey import link, questions, sending

urlpatterns: list[URLPattern] = [
    path("s/<str:token>", link.link, name="survey_link"),
    path("survey/", questions.survey, name="survey"),
    path("survey/<int:number>/", questions.step, name="survey_step"),
    path("survey/again/", questions.again, name="survey_again"),
    path("survey/check/", sending.check, name="survey_check"),
    path("survey/done/", sending.done, name="survey_done"),
    path("survey/language/", questions.language, name="survey_language"),
    path("survey/close/", sending.close, name="survey_close"),
]
