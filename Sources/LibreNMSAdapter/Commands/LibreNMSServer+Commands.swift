internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        switch command.kind {
        case .acknowledge, .unmute: return try await alertPlan(command)
        case .enableRule, .disableRule: return try await switchPlan(command)
        case .editRule: return try await editPlan(command)
        case .addRule: return try await addRulePlan(command)
        case .deleteRule: return try await deleteRulePlan(command)
        case .addDevice: return try await addDevicePlan(command)
        case .deleteDevice: return try await deleteDevicePlan(command)
        case .updateDevice: return try await updateDevicePlan(command)
        case .maintenance: return try await maintenancePlan(command)
        case .discoverDevice: return try await discoveryPlan(command)
        case .describePort: return try await descriptionPlan(command)
        default: throw BackendError(.unsupported, "LibreNMS has no command \(command.kind) here")
        }
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        switch plan.command.kind {
        case .acknowledge, .unmute: return await verifyAlerts(plan, answers: answers, reporting: reporting)
        case .enableRule, .disableRule, .editRule, .addRule, .deleteRule:
            return await verifyRules(plan, answers: answers, reporting: reporting)
        default: return await verifyDevices(plan, answers: answers, reporting: reporting)
        }
    }

    /// A body in JSON, and as it may be shown.
    func step(
        _ method: Method, _ path: PathTemplate, _ parameters: [String: String] = [:],
        body: [JSONTree.Member]
    ) -> CommandStep {
        .json(method, path, parameters, .object(body), accepts: false, hiding: .libreNMS)
    }
}

extension LibreNMSServer {
    var following: Following { Following(now: settings.now, pause: settings.pause) }
}

extension AnswerManners {
    /// Every answer of this API is an object that says how it went, whatever its status; a 500 with words of its own
    /// is how it says no.
    static let libreNMS = AnswerManners(
        isBodyDue: true, ownsErrors: true,
        words: { response in
            Verdict.problem(with: response)?.words ?? "the server answers \(response.status)"
        },
        objection: { body in
            switch body.root["status"]?.string {
            case "ok": nil
            case "error": .refuses(Verdict.message(in: body.root) ?? "the server says error")
            default: .isForeign
            }
        },
        refusal: { body in
            guard body.root["status"]?.string == "error" || Verdict.message(in: body.root) != nil else {
                return nil
            }
            return Verdict.problem(with: body.response)?.words
        })

    /// The same for alerts.
    static let libreNMSAlerts = {
        var manners = AnswerManners.libreNMS
        manners.objection = { body in
            if let objection = AnswerManners.libreNMS.objection(body) { return objection }
            // 200 and "ok", and no such alert; older releases also say so when nothing changed.
            let message = Verdict.message(in: body.root) ?? ""
            return message.lowercased().hasPrefix("no alert") ? .refuses("the server says: \(message)") : nil
        }
        manners.refusal = { body in
            guard let words = AnswerManners.libreNMS.refusal(body) else { return nil }
            // A policy of newer releases fails for every token but an administrator's.
            return body.response.status == 500
                ? "\(words): newer LibreNMS fails so when the token is not an administrator's" : words
        }
        return manners
    }()
}

extension CommandAnswer {
    /// What the server said to a step that changes a rule or a device.
    init(_ entity: EntityRef, in answers: [StepAnswer]) {
        self.init(entity, in: answers, judging: AnswerManners.libreNMS.judge)
    }

    /// What the server said to a step that acknowledges or unmutes.
    init(toAlert entity: EntityRef, in answers: [StepAnswer]) {
        self.init(entity, in: answers, judging: AnswerManners.libreNMSAlerts.judge)
    }
}
