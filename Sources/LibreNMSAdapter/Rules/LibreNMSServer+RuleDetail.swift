internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Everything about a rule: what it means, then every field.
    func ruleDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let rule = try await wireRule(entity.id) else {
            throw BackendError(.missing, "the server has no rule \(entity.id) any more")
        }
        return Detail(
            entity, title: rule.title,
            sections: [summary(of: rule)] + (rule.operation.map { [$0.section] } ?? []) + scopeSections(rule)
                + fields.sections(rule.row, [FieldGroup(title: "As the server says it", takesAll: true)]))
    }

    /// A rule by its id; for one that the server does not have it answers an empty list, newer ones say so.
    func wireRule(_ id: String) async throws(BackendError) -> WireRule? {
        let response = try await read(Path.rule, ["id": id], priority: 0)
        if Verdict.saysGone("alert rule", response) { return nil }
        guard let array = try Verdict.list("rules", in: response) else { return nil }
        if let rule = array.lazy.compactMap({ WireRule($0) }).first(where: { $0.id == id }) { return rule }
        guard array.isEmpty else {
            throw BackendError(
                .invalid, "the server answers without the rule \(id), and does not say that it is gone")
        }
        return nil
    }

    private func summary(of rule: WireRule) -> Detail.Section {
        var lines = [
            Detail.Line("severity", .text(rule.severity.word), .severity),
            Detail.Line("enabled", rule.isDisabled.map { .flag(!$0) } ?? .none, .flag),
            Detail.Line("rule", .text(Cleaning.clean(rule.expression))),
            Detail.Line(
                "scope",
                .text(rule.hiddenScope.map { "the server does not say which \($0)" } ?? rule.scope.text)),
        ]
        if let delay = rule.delay { lines.append(Detail.Line("delay", .integer(delay), .duration)) }
        if let count = rule.count { lines.append(Detail.Line("count", .text(Cleaning.clean(count)))) }
        if let isMute = rule.isMute { lines.append(Detail.Line("mute", .flag(isMute), .flag)) }
        if rule.keepsOperations, rule.operation == nil {
            lines.append(Detail.Line("operation", .text("none: nobody is notified of its alerts")))
        }
        if let isInverted = rule.isInverted { lines.append(Detail.Line("invert", .flag(isInverted), .flag)) }
        return Detail.Section("Rule", lines)
    }

    /// The devices and groups that the rule is for, as links.
    private func scopeSections(_ rule: WireRule) -> [Detail.Section] {
        let names = withMemory { $0.deviceNames }
        let devices = rule.scope.devices.map { id in
            Detail.Line("device", .ref(entity(.device, id), name: names[id] ?? "device \(id)"), .ref(.device))
        }
        let groups = rule.scope.groups.map { id in
            Detail.Line("group", .ref(entity(.group, id), name: "group \(id)"), .ref(.group))
        }
        let lines = devices + groups
        return lines.isEmpty ? [] : [Detail.Section("Only for", lines)]
    }
}
