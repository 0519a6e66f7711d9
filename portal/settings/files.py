"""Private files: never under a served root, always through a view that checks the policy."""

FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of form data; files are counted by the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_PHOTO_BYTES = 30 * 1024 * 1024  # made smaller before it is stored
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploads.SpoolToDisk",
]
