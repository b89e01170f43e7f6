"""SQLAlchemy with psycopg2: see README.

Mode "": the queries.  Mode "reflect": a query is the name of a relation of schema
vitk, the answer are its columns and their types as reflection has them, and the
warnings; in mode "reflect, types known" it has been told of the types first.
"""

import warnings

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import ischema_names

from cells import answer

TYPES = 'nutrient nutrient_amount nutrient_profile conversion calcification study_sample effect_size meta_evidence'


def run(mode):
    engine = sa.create_engine('postgresql+psycopg2://')
    if mode == 'reflect, types known':
        ischema_names.update((name, sa.Text) for name in TYPES.split())

    def execute(sql, parameters):
        names = ['p%d' % i for i in range(len(parameters))]
        text = sql.replace(':', r'\:')
        for name in names:
            text = text.replace('?', ':' + name, 1)
        with engine.connect() as connection:
            result = connection.execute(sa.text(text), dict(zip(names, parameters)))
            return result.keys(), result.all()

    def reflect(relation, _):
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter('always')
            table = sa.Table(relation, sa.MetaData(), autoload_with=engine, schema='vitk')
        with engine.connect() as connection:
            connection.execute(sa.select(table)).all()
        return ['name', 'type'], ([(c.name, str(c.type)) for c in table.columns]
                                  + [('warning', str(w.message)) for w in raised])

    return execute if mode == '' else reflect


answer(run)
