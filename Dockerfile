# Plenary for production: docs/operations.md tells how to run it.

FROM python:3.12-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/plenary
COPY requirements/base.txt /tmp/base.txt
RUN /opt/plenary/bin/pip install --quiet --prefer-binary --require-hashes -r /tmp/base.txt \
    && /opt/plenary/bin/pip uninstall --quiet --yes pip

COPY . /srv/plenary
WORKDIR /srv/plenary
# Neither step needs anything real: catalogues and static files are the same everywhere.
RUN SECRET_KEY=only-for-building-this-image-nothing-is-signed-with-it SITE_URL=https://build.invalid \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    sh -c '/opt/plenary/bin/python manage.py compile_catalogues \
    && /opt/plenary/bin/python manage.py collectstatic --noinput --verbosity 0'


FROM python:3.12-slim

ENV PATH=/opt/plenary/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    VAR_DIR=/var/lib/plenary

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin plenary \
    && install --directory --owner plenary --group plenary --mode 750 /var/lib/plenary
COPY --from=build /opt/plenary /opt/plenary
COPY --from=build /srv/plenary /srv/plenary

WORKDIR /srv/plenary
USER plenary
VOLUME /var/lib/plenary
EXPOSE 8000

# Asks with the site's own host name, since another one is refused.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["python", "-c", "\
import http.client, os, urllib.parse; \
site = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); \
site.request('GET', '/health/', headers={'Host': urllib.parse.urlsplit(os.environ['SITE_URL']).hostname}); \
raise SystemExit(site.getresponse().status != 200)"]

# Loaded before the workers are made, a wrong environment ends the server with one line instead of a loop of restarts.
CMD ["gunicorn", "cms.wsgi:application", "--preload", "--bind", "0.0.0.0:8000", \
     "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
