/// The columns of a rule: an expression in the old release, a builder in the newer one.
enum RuleColumns {
    static let schema = Schema<AlertRule>([
        Column("id", in: .all) { .integer($0.id) },
        Column("device_id", in: .old) { .text($0.deviceID) },
        Column("rule", in: .old) { .text($0.expression) },
        Column("severity", in: .all) { .text($0.severity) },
        Column("extra", in: .old, oldExtra),
        Column("extra", in: .modern, extra),
        Column("disabled", in: .all) { .integer($0.isDisabled ? 1 : 0) },
        Column("name", in: .all) { .text($0.name) },
        Column("query", in: .modern) { .text($0.query) },
        Column("builder", in: .modern) { $0.builder },
        Column("proc", in: .modern) { .text(orNull: $0.proc) },
        Column("invert_map", in: .modern) { .integer($0.invertsScope ? 1 : 0) },
        Column("notes", in: .modern) { .text(orNull: $0.notes) },
        Column("alert_operation_id", in: .modern) { .integer(orNull: $0.operation?.id) },
        Column("devices", in: .modern) { numbers($0.scope.devices) },
        Column("groups", in: .modern) { numbers($0.scope.groups) },
        Column("locations", in: .modern) { numbers($0.scope.locations) },
        Column("alert_operation", in: .modern) { rule in
            guard let operation = rule.operation else { return .null }
            return [
                "id": .computed(operation.id),
                "default_operation_step_duration_seconds": .integer(orNull: operation.stepDuration),
            ]
        },
        Column("default_operation_step_duration_seconds", in: .modern) {
            .integer(orNull: $0.operation?.stepDuration)
        },
        Column("operations", in: .modern) { .list($0.operation?.rows ?? []) },
    ])

    private static func numbers(_ numbers: [Int]) -> Value { .list(numbers.map(Value.computed)) }

    @Sendable private static func oldExtra(_ rule: AlertRule) -> Value {
        switch rule.extra {
        case .text(let text): return .text(text)
        case .value(let value): return .text(PHP.json(value))
        case .settings(let settings):
            let invert = settings.knowsInvert ? ", \"invert\": false" : ""
            return .text(
                "{\"mute\": \(settings.isMute), \"count\": \"\(settings.count)\", "
                    + "\"delay\": \(PHP.json(settings.delay))\(invert)}")
        }
    }

    @Sendable private static func extra(_ rule: AlertRule) -> Value {
        switch rule.extra {
        case .text(let text): return Input(parsing: Array(text.utf8))?.value ?? .null
        case .value(let value): return value
        case .settings(let settings):
            // What an operation says now, settings of earlier releases say only of a rule that has none.
            let timing: [Value.Member] =
                rule.operation != nil
                ? []
                : [
                    .init("mute", .literal(String(settings.isMute))), .init("count", .text(settings.count)),
                    .init("delay", settings.delay), .init("interval", .computed(300)),
                ]
            return .object(
                timing + [
                    .init("invert", .literal("false")), .init("recovery", .literal("true")),
                    .init("acknowledgement", .literal("true")),
                    .init("options", ["override_query": ""]),
                ])
        }
    }
}
