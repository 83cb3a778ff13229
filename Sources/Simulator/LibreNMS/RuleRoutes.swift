extension LibreNMSCall {
    /// `GET /rules`: all of them.
    func listRules() -> Reply { list("rules", view.world.rules, RuleColumns.schema) }

    /// `GET /rules/:id`: an empty list when there is none, also for what is no number.
    func getRule() -> Reply {
        let id = Int(self["id"])
        return list("rules", view.world.rules.filter { $0.id == id }, RuleColumns.schema)
    }
}

/// The columns of a rule: an expression in the old release, a builder in the newer one.
enum RuleColumns {
    static let schema = Schema<AlertRule>([
        Column("id", in: .all) { .integer($0.id) },
        Column("device_id", in: .old) { _ in .text("-1") },
        Column("rule", in: .old) { .text($0.expression) },
        Column("severity", in: .all) { .text($0.severity) },
        Column("extra", in: .old) {
            .text("{\"mute\": \($0.isMute), \"count\": \"\($0.count)\", \"delay\": \($0.delay)}")
        },
        Column("extra", in: .modern, extra),
        Column("disabled", in: .all) { .integer($0.isDisabled ? 1 : 0) },
        Column("name", in: .all) { .text($0.name) },
        Column("query", in: .modern) { _ in
            .text("SELECT * FROM devices WHERE (devices.device_id = ?)")
        },
        Column("builder", in: .modern, builder),
        Column("proc", in: .modern) { $0.id == 1 ? .null : .text("") },
        Column("invert_map", in: .modern) { _ in .integer(0) },
        Column("notes", in: .modern) { .text(orNull: $0.notes) },
        Column("alert_operation_id", in: .modern) { _ in .null },
        Column("devices", in: .modern) { _ in .list([]) },
        Column("groups", in: .modern) { _ in .list([]) },
        Column("locations", in: .modern) { _ in .list([]) },
        Column("alert_operation", in: .modern) { _ in .null },
        Column("default_operation_step_duration_seconds", in: .modern) { _ in .null },
        Column("operations", in: .modern) { _ in .list([]) },
    ])

    @Sendable private static func extra(_ rule: AlertRule) -> Value {
        .object([
            .init("mute", .literal(String(rule.isMute))), .init("count", .text(rule.count)),
            .init("delay", .computed(rule.delay)), .init("interval", .computed(300)),
            .init("invert", .literal("false")), .init("recovery", .literal("true")),
            .init("acknowledgement", .literal("true")),
            .init("options", .object([.init("override_query", .text(""))])),
        ])
    }

    @Sendable private static func builder(_ rule: AlertRule) -> Value {
        let condition = Value.object([
            .init("id", .text(rule.field)), .init("field", .text(rule.field)),
            .init("type", .text("string")), .init("input", .text("text")),
            .init("operator", .text(rule.comparison)), .init("value", .text(rule.value)),
        ])
        return .object([
            .init("condition", .text("AND")), .init("rules", .list([condition])),
            .init("valid", .literal("true")),
        ])
    }
}
