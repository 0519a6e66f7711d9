"""Demo accounts and mailbox; sample applications and complaints for audits and tests."""
