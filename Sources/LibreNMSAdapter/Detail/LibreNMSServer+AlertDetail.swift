internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about an alert: its fields, who wrote what to it, its rule.
    func alertDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        let alert = try await anyAlert(entity.id, dialect)
        _ = await rulesIfNeeded(for: [alert])
        var sections = [summary(of: alert, dialect)]
        sections += await firedSections(alert, dialect)
        let notes = alert.note.split(whereSeparator: \.isNewline)
        if !notes.isEmpty {
            sections.append(
                Detail.Section("Notes", notes.map { Detail.Line("", .text(Cleaning.clean($0))) }))
        }
        sections += fields.sections(alert.row, [FieldGroup(title: "Fields", takesAll: true)])
        if !alert.rule.isEmpty, let rule = try? await ruleRow(alert.rule) {
            sections += fields.sections(rule, [FieldGroup(title: "Rule", takesAll: true)])
        }
        let title = withMemory { $0.title(of: alert) }
        return Detail(entity, title: title, sections: sections)
    }

    /// One alert, be it open or not.
    func anyAlert(_ id: AlertID, _ dialect: Dialect) async throws(BackendError) -> WireAlert {
        let open = try await openAlerts(dialect, priority: 0)
        var found = open[id]
        if found == nil { found = try await cleared(id).get() }
        guard let alert = found else {
            if open.unnamed > 0 { throw BackendError(.invalid, Self.unnamedWords) }
            throw BackendError(.missing, "the alert is gone: the server has none by that id")
        }
        return alert
    }

    private func summary(of alert: WireAlert, _ dialect: Dialect) -> Detail.Section {
        withMemory { memory in
            let rule = memory.rule(of: alert)
            var lines = [
                Detail.Line("severity", .text(rule.severity.word), .severity),
                Detail.Line("state", .text(alert.state.rawValue), .state),
                Detail.Line(
                    "device",
                    alert.device.map { .ref(entity(.device, $0), name: memory.deviceName(of: alert)) }
                        ?? .none,
                    .ref(.device)),
                Detail.Line("rule", .ref(entity(.rule, alert.rule), name: rule.name), .ref(.rule)),
            ]
            let since = memory.since(alert, dialect)
            if let time = since.time { lines.append(Detail.Line("since", .time(time), .time)) }
            switch since.origin {
            case .server: break
            case .kept:
                lines.append(
                    Detail.Line(
                        "",
                        .text("kept from before: this server moves the time when an alert is acknowledged")))
            case .acknowledgement:
                lines.append(
                    Detail.Line(
                        "",
                        .text("the time of the acknowledgement: this server forgets when the alert opened")))
            }
            if let untilClear = alert.untilClear {
                lines.append(
                    Detail.Line(
                        "acknowledged", .text(untilClear ? "until it clears" : "until it gets worse")))
            }
            return Detail.Section("Alert", lines)
        }
    }

    private func ruleRow(_ id: String) async throws(BackendError) -> JSONValue? {
        try await wireRule(id)?.row
    }
}
