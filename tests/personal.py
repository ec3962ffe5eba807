"""The personal values of the tests: each is unlike anything else, so that wherever it stands it was let out.

They are nobody's: the names and the address are made up, the numbers are those the tests of the register use.
"""

OWNER, OTHER_OWNER = "Pemilik Contoh Zqxwa", "Pemilik Contoh Zqxwb"
PHONE, OTHER_PHONE = "+6281200000917", "+6281200000926"
EMAIL = "zqxw.koperasi@example.org"

VALUES = (OWNER, OTHER_OWNER, PHONE, OTHER_PHONE, EMAIL)
"""What no log, problem, change or export for others may hold."""
PASSWORDS = ("Contoh: empat kata acak", "Contoh: lima kata acak lagi")
"""What nothing at all may hold."""
