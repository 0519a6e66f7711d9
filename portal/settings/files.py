"""Private files: never under a served root, always through a view that checks the policy."""

from portal.settings import env

FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o770  # web and workers have users of their own and one group
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of form data; files are counted by the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_PHOTO_BYTES = 30 * 1024 * 1024  # made smaller before it is stored
# Files and megabytes (documents.quotas). They protect disk and processors of the server: settings
# of the operator, not rows of an office.
UPLOAD_QUOTAS = {
    "draft": env.pair("UPLOADS_PER_DRAFT", (100, 200)),
    "person": env.pair("UPLOADS_PER_PERSON", (200, 600)),  # a day
    "officer": env.pair("UPLOADS_PER_OFFICER", (1000, 5000)),  # a day; photos of inspections too
    "address": env.pair("UPLOADS_PER_ADDRESS", (400, 2000)),  # an hour; a whole office is one
    "complaint": env.pair("UPLOADS_PER_COMPLAINT", (30, 200)),
    "sender": env.pair("UPLOADS_PER_SENDER", (60, 300)),  # of complaints, an address and hour
    "unsent": env.pair("UPLOADS_UNSENT", (1000, 3000)),  # of complaints, all senders together
}
CLAMD_ADDRESS = env.socket("CLAMD_ADDRESS")  # "" scans nothing (documents.scanning)
SCAN_LATE_MINUTES = env.number("SCAN_LATE_MINUTES", 15)
UPLOAD_REPLACED_DAYS = env.number("UPLOAD_REPLACED_DAYS", 7)  # never sent: then the file goes
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploads.SpoolToDisk",
]
