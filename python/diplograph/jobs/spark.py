"""``spark-submit .../diplograph/jobs/spark.py ARTICLES FOLDER``: see :func:`diplograph.spark.main`.

A file of its own: the folder of a script comes before Python's own modules, and that of the package has a ``types``.
"""

from diplograph.spark import main

main()
