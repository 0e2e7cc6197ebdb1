"""Messages: what each error and command says, in Traditional Chinese and English.

`catalogue` has a row for each kind of error; `wording` words one for the door where it is read;
`chinese` has the Chinese of what the command line says besides. `language` tells which is wanted.
"""
