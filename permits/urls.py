"""URLs of permits."""

from permits import urls_applicant, urls_desk, urls_public

app_name = "permits"
urlpatterns = [*urls_public.urlpatterns, *urls_applicant.urlpatterns, *urls_desk.urlpatterns]
