"""Django Ninja as its documentation teaches it: unmanaged models of the textbook's tables, schemas, sync views."""
