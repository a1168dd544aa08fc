"""What `make run` starts on one machine: servers, worker, poller and web, and the supervisor that watches them."""
