// The handlers, named by their routes.
#pragma once

#include "event/context.hpp"

namespace hb {

Outcome post_heartbeat(const Context& context);
Outcome post_verify(const Context& context);
Outcome post_alert(const Context& context);
Outcome post_test_notification(const Context& context);
Outcome get_status(const Context& context);
Outcome get_history(const Context& context);
Outcome get_uptime(const Context& context);
Outcome get_export_csv(const Context& context);
Outcome get_logs(const Context& context);
Outcome get_incidents(const Context& context);
Outcome get_services(const Context& context);
Outcome get_recent_alerts(const Context& context);
Outcome get_healthz(const Context& context);
Outcome get_custom_css(const Context& context);
Outcome get_page(const Context& context);

Outcome get_self(const Context& context);

// In the collector, or where there is none.
Outcome get_collector_logs(const Context& context);
Outcome post_collector_alert(const Context& context);
Outcome get_collector_incidents(const Context& context);
Outcome get_collector_health(const Context& context);
Outcome needs_the_collector(const Context& context);

Outcome check(const Context& context);
Outcome check_in_collector(const Context& context);
Outcome tell(const Context& context);
Outcome publish(const Context& context);
Outcome take_backlog(const Context& context);
Outcome append_batch(const Context& context);
Outcome merge_copies(const Context& context);

// Which rows of the collector they read.
Reads reads_to_get_logs(const Context& context);
Reads reads_to_get_incidents(const Context& context);

// Which documents of KV, or in the collector which of its rows.
Reads reads_to_get_status(const Context& context);
Reads reads_to_get_page(const Context& context);
Reads reads_to_get_recent_alerts(const Context& context);

Reads reads_to_post_alert(const Context& context);
Reads reads_to_check(const Context& context);
Reads reads_to_publish(const Context& context);
Reads reads_to_take_backlog(const Context& context);
Reads reads_to_append(const Context& context);

}  // namespace hb
