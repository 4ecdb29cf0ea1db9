"""
What a SetupIntent tells its customer to do, as it is shown.

One hash, named like its type. The addresses of our pages are markers here, as in the rest
of the view.
"""

from projections.view import View
from service.domain.events import SetupIntentActionRequired
from service.reveal import marker


def next_action(event: SetupIntentActionRequired) -> View:
    """Return the `next_action` that *event* asks for."""
    return dict(sorted({"type": event.action, event.action: _shown(event)}.items()))


def _shown(event: SetupIntentActionRequired) -> View:
    match event.action:
        case "redirect_to_url":
            return {"return_url": event.return_url, "url": marker(event.attempt)}
        case "use_stripe_sdk":
            return {
                "source": event.attempt,
                "stripe_js": marker(event.attempt),
                "type": "three_d_secure_redirect",
            }
        case _:
            return dict(event.shown)
