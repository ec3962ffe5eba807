"""The passwords that are tried first, of 8 characters and more, since shorter ones are refused anyway; without case."""

_KNOWN = """
12345678 123456789 1234567890 12345678910 0123456789 987654321 9876543210 0987654321 87654321 123123123 11111111
111111111 1111111111 00000000 000000000 0000000000 22222222 55555555 66666666 77777777 88888888 99999999 12341234
11223344 1122334455 12121212 123321123 147258369 789456123 741852963 159753456 13579246 31415926 14725836 10203040
password password1 password12 password123 passw0rd p@ssw0rd p@ssword pa$$word password! mypassword passwords
qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 zaq12wsx
asdfghjk asdfghjkl asdf1234 zxcvbnm1 1234qwer qwer1234 qazwsxedc qweasdzxc abcd1234 abc12345 a1b2c3d4 aa123456
a1234567 a12345678 abcdefgh abcdefg1 abcdefghi aaaaaaaa iloveyou iloveyou1 loveyou123 sunshine princess football
baseball superman batman123 trustno1 whatever computer internet starwars michelle jennifer welcome1 welcome123
letmein1 letmein123 changeme changeme1 changeme123 default1 admin123 admin1234 admin12345 administrator root1234
rootroot test1234 testtest user1234 guest123 access14 security secret123 master123 dragon123 monkey123 shadow123
indonesia indonesia1 indonesia123 indonesia45 indonesiaku merdeka45 merdeka1945 pancasila garuda123 bismillah
bismillah1 bismillah123 alhamdulillah assalamualaikum sayang123 sayangku cintaku123 aku12345 rahasia1 rahasia123
katasandi katasandi1 sandi123 kalimantan samarinda tenggarong kutaikartanegara kukar123 berdaya1 berdaya123
"""
FIRST_GUESSES = frozenset(_KNOWN.split())
