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
        case "verify_with_microdeposits":
            shown = {**event.shown, "hosted_verification_url": marker(event.attempt)}
            return dict(sorted(shown.items()))
        case "pix_display_qr_code":
            shown = {**event.shown, **_instructions(event), **_qr_code(event)}
            return dict(sorted(shown.items()))
        case "upi_handle_redirect_or_display_qr_code":
            return {**_instructions(event), "qr_code": _qr_code(event)}
        case "cashapp_handle_redirect_or_display_qr_code":
            # The app opens the same page as the code that is scanned with it.
            app = {"mobile_auth_url": marker(event.attempt)}
            return {**_instructions(event), **app, "qr_code": _qr_code(event)}
        case _:
            return dict(event.shown)


def _instructions(event: SetupIntentActionRequired) -> View:
    return {"hosted_instructions_url": marker(event.attempt)}


def _qr_code(event: SetupIntentActionRequired) -> View:
    return {
        "expires_at": event.expires_at,
        "image_url_png": marker(f"{event.attempt}.png"),
        "image_url_svg": marker(f"{event.attempt}.svg"),
    }
