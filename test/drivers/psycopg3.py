"""psycopg 3: see README.  Mode: text or binary."""

import psycopg

from cells import answer


def run(mode):
    connection = psycopg.connect(autocommit=True)

    def execute(sql, parameters):
        cursor = connection.cursor(binary=mode == 'binary')
        if parameters:
            cursor.execute(sql.replace('%', '%%').replace('?', '%s'), parameters)
        else:
            cursor.execute(sql)
        return cursor.fetchall()

    return execute


answer(run)
