"""Cookies, headers, passwords, lock-out."""

from csp.constants import NONE, SELF

from portal.settings import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "accounts.passwords.OneLaneArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.WordsOfThisPlace"},
    {"NAME": "accounts.passwords.LeakedPasswords"},
]
LEAKED_PASSWORDS = env.text("LEAKED_PASSWORDS", "")  # path of a sorted list; "" looks none up
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:after_login"
LOGOUT_REDIRECT_URL = "portal:home"

ACCOUNT_ADAPTER = "portal.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "add_email": "portal.account_forms.AddEmailForm",
    "change_password": "portal.account_forms.ChangePasswordForm",
    "confirm_login_code": "portal.account_forms.ConfirmLoginCodeForm",
    "login": "portal.account_forms.LoginForm",
    "reauthenticate": "portal.account_forms.ReauthenticateForm",
    "reset_password": "portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.account_forms.ResetPasswordKeyForm",
    "set_password": "portal.account_forms.SetPasswordForm",
    "signup": "portal.account_forms.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds; also for a signature (accounts.proofs)
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link of a mail works
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever is at it, the person learns of a changed account
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_FORMS = {
    "activate_totp": "portal.account_forms.ActivateTOTPForm",
    "authenticate": "portal.account_forms.AuthenticateForm",
    "add_webauthn": "portal.account_forms.AddPasskeyForm",
    "authenticate_webauthn": "portal.account_forms.AuthenticatePasskeyForm",
    "deactivate_totp": "portal.account_forms.DeactivateTOTPForm",
    "edit_webauthn": "portal.account_forms.EditPasskeyForm",
    "generate_recovery_codes": "portal.account_forms.RecoveryCodesForm",
    "reauthenticate": "portal.account_forms.ReauthenticateCodeForm",
    "reauthenticate_webauthn": "portal.account_forms.ReauthenticatePasskeyForm",
}
MFA_ADAPTER = "portal.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Portal Perizinan"
SECOND_FACTOR_REQUIRED = True  # for officers, administrators and signatures; off in the demo alone
STAFF_IDLE_SECONDS = 30 * 60  # an officer's or administrator's session ends after this long a rest

# Guesses are counted by account (portal.guesses), not by allauth: rows are not pushed out as what a
# cache holds. An address is slowed down by nginx.
ACCOUNT_RATE_LIMITS: bool | dict[str, str | None] = {"login": "300/m/ip", "login_failed": None}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # the way in for somebody whose account others try

# axes only records who tried and who signed in, from which address.
AXES_LOCK_OUT_AT_FAILURE = False
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # addresses are no part of a lock-out that is off
AXES_USERNAME_FORM_FIELD = "email"
AXES_RESET_ON_SUCCESS = False
AXES_COOLOFF_TIME = 90 * 24  # hours that a failure is kept
AXES_VERBOSE = False

# Seals who complained (docs/complaints.md); the first key seals, all open. Production has its own.
DEVELOPMENT_COMPLAINT_KEY = "ZGV2ZWxvcG1lbnQtb25seS1ub3QtYS1zZWNyZXQhISE="
COMPLAINT_KEYS = [DEVELOPMENT_COMPLAINT_KEY]

# Seals the secrets of second factors (docs/operations.md), in the same way.
DEVELOPMENT_SECOND_FACTOR_KEY = "ZGV2ZWxvcG1lbnQtb25seS1zZWNvbmQtZmFjdG9yISE="
SECOND_FACTOR_KEYS = [DEVELOPMENT_SECOND_FACTOR_KEY]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
# production gives each the prefix with which a browser lets no other site or subdomain write it
THEME_COOKIE_NAME = "theme"
DEVICE_COOKIE_NAME = "device"
COMPLAINT_COOKIE_NAME = "pengaduan"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows documents beside their requirement
PROXY_COUNT = env.number("PROXY_COUNT", 0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
