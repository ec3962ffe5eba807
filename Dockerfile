# The version of Python that the tests run on.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/berdaya
WORKDIR /srv/berdaya
# The lock first: an edit of the code then reuses this layer.
COPY requirements requirements
RUN /opt/berdaya/bin/pip install --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md alembic.ini ./
COPY migrations migrations
COPY app app
# In place, so that migrations stand beside the package as they do in a clone; compiled, as the root is read-only.
RUN /opt/berdaya/bin/pip install --no-deps --no-build-isolation -e . \
    && /opt/berdaya/bin/python -m compileall -q app migrations

FROM python:${PYTHON}-slim
RUN groupadd --system --gid 10001 berdaya \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent berdaya \
    && install -d -o berdaya -g berdaya -m 0750 /var/lib/berdaya
COPY --from=build /opt/berdaya /opt/berdaya
COPY --from=build /srv/berdaya /srv/berdaya
ENV PATH=/opt/berdaya/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BERDAYA_HOST=0.0.0.0 \
    BERDAYA_PORT=8000 \
    BERDAYA_DATABASE_URL=sqlite:////var/lib/berdaya/berdaya.db
WORKDIR /srv/berdaya
USER 10001:10001
# Used only by the SQLite default above; with PostgreSQL it stays empty.
VOLUME /var/lib/berdaya
EXPOSE 8000
# http.client and not urllib, which would ask a proxy from the environment for the way to itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys\n\
ask = http.client.HTTPConnection('127.0.0.1', int(os.environ['BERDAYA_PORT']), timeout=4)\n\
ask.request('GET', '/health/ready')\n\
sys.exit(ask.getresponse().status != 200)"]
ENTRYPOINT ["berdaya"]
CMD ["serve"]
