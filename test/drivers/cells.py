"""What the programs in Python have in common: the protocol of README."""

import datetime
import decimal
import json
import sys


def cell(value):
    if isinstance(value, (list, tuple)):
        return [cell(v) for v in value]
    if isinstance(value, (bytes, memoryview)):
        return '\\x' + bytes(value).hex()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def answer(run):
    """run(mode) gives a function of a query and its parameters, which gives rows."""
    queries = [line.rstrip('\n').split('\t') for line in open(0, encoding='utf-8')]
    for mode in sys.argv[1:]:
        execute = run(mode)
        for sql, *parameters in queries:
            try:
                line = {'rows': [cell(tuple(row)) for row in execute(sql, parameters)]}
            except Exception as error:
                line = {'error': str(error)}
            print(json.dumps(line))
