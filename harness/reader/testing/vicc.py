"""
Runs Debian's vicc (package vsmartcard-vpicc) as it is. As Debian 12 installs it, it finds neither its
own modules, which lie one folder too deep, nor PyCrypto, whose successor has another name there.
"""

import importlib
import runpy
import shutil
import sys

sys.path.append("/usr/lib/python3/site-packages/virtualsmartcard")
for part in ("", ".Cipher", ".Hash"):
    sys.modules["Crypto" + part] = importlib.import_module("Cryptodome" + part)
runpy.run_path(shutil.which("vicc"), run_name="__main__")
