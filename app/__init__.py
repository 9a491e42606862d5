"""What is Lijian made of? The factory reads as a table of contents."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import slices
from app.config import ROOT, Settings
from app.kernel import checkpoints, jobs, notebook, signature, storage, vault
from app.kernel import db as database
from app.web import (
    access,
    context,
    errors,
    health,
    i18n,
    logs,
    pages,
    patterns,
    security,
    transactions,
)

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for one face: ``staff``, ``public`` or ``all``."""
    settings = settings or Settings()
    settings.instance_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(
        __name__, instance_path=str(settings.instance_path), template_folder="web/templates"
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret("session"),
        TESTING=settings.testing,
        TRUSTED_HOSTS=settings.trusted_hosts.split(",") if settings.trusted_hosts else None,
        SQLALCHEMY_DATABASE_URI=settings.url,
        # A statement's values may be personal: they stay out of every traceback.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _kernel(app, settings)
    logs.init_app(app)
    i18n.init_app(app)
    security.init_app(app, settings)
    csrf.init_app(app)
    access.init_app(app)
    pages.init_app(app)
    transactions.init_app(app)
    errors.init_app(app)
    context.init_app(app, settings)
    health.init_app(app)
    slices.register(app, settings.face)
    if settings.testing or settings.demo:
        app.register_blueprint(patterns.bp)
    return app


def _kernel(app: Flask, settings: Settings) -> None:
    """Open the database, and everything below that is one for the whole process."""
    database.db.init_app(app)
    Migrate().init_app(app, database.db, directory=str(ROOT / "migrations"))
    with app.app_context():
        database.wire(database.db.engine, synchronous=settings.sqlite_synchronous)
    install(app, settings)


def install(app: Flask, settings: Settings) -> None:
    """Make this application's vault, shelf, checkpoints and queue the process's own."""
    vault.install(vault.Vault(settings.secret("vault"), cipher=settings.cipher))
    storage.install(storage.Shelf(settings.instance_path / "attachments"))
    witnessed = settings.instance_path / "checkpoints"
    checkpoints.install(checkpoints.Book(witnessed, settings.secret("checkpoint")))
    notebook.install(notebook.Notebook(witnessed, settings.secret("public-log")))
    signature.install(settings.signing)
    queue = jobs.make_queue(
        folder=str(settings.instance_path),
        redis_url=settings.redis_url,
        immediate=settings.jobs_immediate,
    )
    jobs.install(queue, app.app_context)
    app.extensions["queue"] = queue
