"""ODBC by way of pyodbc: see README.  Mode: options of the connection, such as BoolsAsChar=0.

Some tools make room for as many characters as ODBC announces and cut what is
longer, so a value that is longer is an error here.
"""

import os

import pyodbc

from cells import answer


def run(mode):
    connection = pyodbc.connect(
        'Driver={{PostgreSQL Unicode}};Servername={PGHOST};Port={PGPORT};Database={PGDATABASE};'
        'UID={PGUSER};PWD={PGPASSWORD};'.format(**os.environ) + mode, autocommit=True)

    def execute(sql, parameters):
        cursor = connection.cursor()
        cursor.execute(sql, *parameters)
        rows = cursor.fetchall()
        for row in rows:
            for (name, kind, _, size, *_), value in zip(cursor.description, row):
                if kind is str and value is not None and len(value) > size:
                    raise ValueError('%s: %d characters, %d announced' % (name, len(value), size))
        return rows

    return execute


answer(run)
