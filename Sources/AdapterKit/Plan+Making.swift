package import Domain
package import HTTP
package import JSON

extension Plan {
    /// Lines of a summary that fit a dialog.
    private static let mostLines = 12

    /// Takes an entity in, with what is sent for it.
    ///
    /// - Parameter state: what was read about it, in words.
    package mutating func add(_ entity: EntityRef, name: String, state: String, request: CommandStep) {
        steps.append(Step(entity, name: name, state: state, request: request))
    }

    /// Leaves an entity out, with the truth about it in words.
    package mutating func exclude(_ entity: EntityRef, name: String, words: String) {
        excluded.append(PlanPreview.Target(entity, name: name, words: words))
    }

    /// Says it where nothing is to be sent, and no more lines of what is than fit a dialog.
    package mutating func shorten() {
        if steps.isEmpty { summary = ["Nothing to send."] }
        let rest = summary.count - Self.mostLines + 1
        if rest > 1 { summary = summary.prefix(Self.mostLines - 1) + ["and \(rest) more"] }
    }
}

extension PlanPreview.Target {
    /// What stands in a plan for an entity that the server does not have any more.
    ///
    /// - Parameter kind: what people call it; nil takes the word of its kind.
    package static func gone(_ entity: EntityRef, _ kind: String? = nil) -> PlanPreview.Target {
        let kind = kind ?? "\(entity.kind)"
        return PlanPreview.Target(
            entity, name: "\(kind) \(Cleaning.clean(entity.id))",
            words: "gone: the server has no such \(kind) any more")
    }
}

extension CommandStep {
    private static let accept = Header("Accept", "application/json")

    /// A step without a body; a framework answers whoever does not ask for JSON with a page for people.
    package static func bare(
        _ method: Method, _ template: PathTemplate, _ parameters: [String: String]
    ) -> CommandStep {
        CommandStep(method, template, parameters, headers: [accept])
    }

    /// A step with a body in JSON, and with the body as it may be shown.
    ///
    /// - Parameters:
    ///   - accepts: whether it asks for JSON.
    ///   - secrets: the members of the body, at any depth, that are shown as dots.
    package static func json(
        _ method: Method, _ template: PathTemplate, _ parameters: [String: String], _ body: JSONTree,
        accepts: Bool = true, hiding secrets: SecretKeys? = nil
    ) -> CommandStep {
        let shown = secrets?.masking(body) ?? body
        return CommandStep(
            method, template, parameters,
            headers: (accepts ? [accept] : []) + [Header("Content-Type", "application/json")],
            body: body.bytes, shownBody: shown.text)
    }
}
