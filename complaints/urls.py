"""URLs of complaints: book and reports, desk, public pages."""

from complaints import urls_books, urls_desk, urls_public

app_name = "complaints"
urlpatterns = [*urls_public.urlpatterns, *urls_books.urlpatterns, *urls_desk.urlpatterns]
