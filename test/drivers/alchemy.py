"""SQLAlchemy with psycopg2: see README.

Mode "": the queries.  Mode "reflect": a query is the name of a relation of schema
vitk, and the answer has the columns that reflection finds, and its warnings.
"""

import warnings

import sqlalchemy as sa

from cells import answer


def run(mode):
    engine = sa.create_engine('postgresql+psycopg2://')

    def execute(sql, parameters):
        names = ['p%d' % i for i in range(len(parameters))]
        text = sql.replace(':', r'\:')
        for name in names:
            text = text.replace('?', ':' + name, 1)
        with engine.connect() as connection:
            return connection.execute(sa.text(text), dict(zip(names, parameters))).all()

    def reflect(relation, _):
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter('always')
            table = sa.Table(relation, sa.MetaData(), autoload_with=engine, schema='vitk')
        with engine.connect() as connection:
            connection.execute(sa.select(table)).all()
        return ([('column', c.name) for c in table.columns]
                + [('warning', str(w.message)) for w in raised])

    return reflect if mode == 'reflect' else execute


answer(run)
