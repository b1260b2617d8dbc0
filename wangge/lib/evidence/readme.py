"""The README.txt of a bundle: how anyone proves it without our program. Its hash is signed."""

TEXT = """\
证据包 · evidence bundle (wangge-evidence, version 1)

核验 / verify, offline:
    wangge evidence verify FILE --key FINGERPRINT
指纹由出具单位公布 / the fingerprint is published by the district: sha256(public key), hex.

不用我们的程序也能核验 / by hand, in any language:
1. signature.json: Ed25519 (RFC 8032) signature by "public_key" over the bytes of manifest.json.
2. manifest.json lists the hash of every step, of the case and of this file, and every photo.
3. JSON is spelled as in RFC 8785 (canonical).
4. commitment of a field = sha256(salt || canonical([name, value])); salt is 32 bytes, written in hex.
   遮去的内容只留 commitment / a field that was hidden has its commitment only.
5. hash of step n = sha256(hash of step n-1 || canonical([n, {name: commitment, ...}])),
   before the first step stand 32 zero bytes. "head" is the hash of the last step.
6. hash of the case = the same with n = 0 and 32 zero bytes before it.
7. photos/<sha256 of the photo>.<extension>; "absent" were named by a step but not received in time.
"""
