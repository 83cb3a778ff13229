internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension DeclaredServer {
    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        guard commands.contains(where: { $0.kind == command.kind }) else {
            throw BackendError(.unsupported, "\(description.title) has no command \(command.kind)")
        }
        var plan = Plan(command)
        var lists: [ResourceKind: ReadList] = [:]
        for target in command.targets {
            guard let declared = declared(command.kind, target.kind) else {
                throw BackendError(.unsupported, "\(command.kind) does not work on a \(target.kind)")
            }
            let resource = try resource(target.kind)
            if resource.item == nil || declared.shared != nil, lists[target.kind] == nil {
                lists[target.kind] = try await list(resource, priority: 0)
            }
            guard let row = try await row(target, in: lists[target.kind]) else {
                plan.excluded.append(.gone(target))
                continue
            }
            try add(target, row, resource, declared, command, lists[target.kind], to: &plan)
        }
        if !plan.steps.isEmpty,
            let undo = description.commands.first(where: { $0.descriptor.kind == command.kind })?.undo
        {
            plan.undo = Command(undo, command.targets)
        }
        plan.shorten()
        return plan
    }

    private func declared(_ command: CommandKind, _ target: ResourceKind) -> DeclaredCommand? {
        description.commands.first { $0.descriptor.kind == command && $0.target == target }
    }

    /// Takes a target in: what is sent for it, or why nothing is.
    private func add(
        _ target: EntityRef, _ row: JSONValue, _ resource: DeclaredResource, _ declared: DeclaredCommand,
        _ command: Command, _ listing: ReadList?, to plan: inout Plan
    ) throws(BackendError) {
        let filling = Filling(
            row: row, id: target.id, name: name(of: row, target, resource),
            answers: try declared.answers(to: command, settings), now: now, user: settings.user ?? "nocturne")
        for skip in declared.skips {
            switch skip.condition.judge(row) {
            case true: return plan.exclude(target, name: filling.name, words: skip.words)
            case nil:
                // To send it all the same would be a guess, and to leave it out would look as if it were done.
                throw BackendError(
                    .invalid,
                    "\(filling.name): the server does not say whether \(skip.words) (\(skip.condition.at.text)); nothing was sent"
                )
            default: continue
            }
        }
        let state = declared.state.map { filling.words($0) } ?? ""
        var requests: [CommandStep] = []
        for step in declared.steps {
            let fillings: [Filling]
            if let each = step.each {
                fillings = each.value(in: row).map { filling.elements(of: $0) } ?? []
            } else {
                fillings = [filling]
            }
            for filling in fillings { requests.append(try request(step, filling)) }
        }
        guard !requests.isEmpty else {
            return plan.exclude(
                target, name: filling.name, words: "the server names nothing to send this for")
        }
        for request in requests {
            plan.add(target, name: filling.name, state: state, request: request)
            if case .changes(let pointer) = declared.verification.test {
                plan.steps[plan.steps.count - 1].before["seen"] = .text(pointer.value(in: row)?.word ?? "")
            }
        }
        plan.summary.append("\(filling.words(declared.summary)) at \(settings.name).")
        if !declared.warning.isEmpty, !plan.warnings.contains(declared.warning) {
            plan.warnings.append(declared.warning)
        }
        warn(of: row, target, declared, resource, listing, in: &plan)
    }

    private func request(_ step: DeclaredStep, _ filling: Filling) throws(BackendError) -> CommandStep {
        let parameters = try parameters(of: step.path, step.parameters, filling)
        var request = CommandStep.bare(step.method, step.path, parameters)
        if let body = step.body {
            request = .json(
                step.method, step.path, parameters, try filling.tree(body) ?? .null,
                hiding: secrets)
        }
        for (key, value) in step.query {
            guard let text = filling.text(value) else { continue }
            request.query.append((key, text))
        }
        guard request.target != nil else {
            throw BackendError(
                .invalid, "the server gives nothing for a place in \(step.path); nothing was sent")
        }
        return request
    }

    /// Says it where what a command changes is shared with others, which it asks more for.
    private func warn(
        of row: JSONValue, _ target: EntityRef, _ declared: DeclaredCommand, _ resource: DeclaredResource,
        _ listing: ReadList?, in plan: inout Plan
    ) {
        guard let shared = declared.shared, let listing else { return }
        let own = Self.words(at: shared.at, in: row)
        let others = listing.rows.count {
            identity(of: $0, resource) != target.id
                && !own.isDisjoint(with: Self.words(at: shared.at, in: $0))
        }
        guard others > 0 else { return }
        plan.warnings.append(
            "\(shared.words): \(Quantity.count(others)) other \(resource.descriptor.plural).")
        plan.tier = max(plan.tier, .touchesService)
    }

    private static func words(at pointer: Pointer, in row: JSONValue) -> Set<String> {
        guard let value = pointer.value(in: row) else { return [] }
        return Set(value.array?.compactMap(\.word) ?? value.word.map { [$0] } ?? [])
    }

    // MARK: Evidence

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan,
            { entity in
                let isBodyDue = plan.step(of: entity)?.request.body != nil
                return CommandAnswer(
                    entity, in: answers, judging: verdict.manners(isBodyDue: isBodyDue).judge)
            }, reporting: reporting
        ) { open in
            var lists: [ResourceKind: Result<ReadList, BackendError>] = [:]
            for kind in Set(open.map(\.kind)) {
                guard let resource = try? resource(kind), resource.item == nil else { continue }
                do throws(BackendError) {
                    lists[kind] = .success(try await list(resource, priority: 0))
                } catch { lists[kind] = .failure(error) }
            }
            let read = lists
            return await Evidence.each(open) { (entity) async throws(BackendError) in
                try await evidence(plan, entity, in: try read[entity.kind]?.get())
            }
        }
    }

    /// What one look shows.
    private func evidence(
        _ plan: Plan, _ entity: EntityRef, in listing: ReadList?
    ) async throws(BackendError) -> Evidence {
        guard let declared = declared(plan.command.kind, entity.kind) else {
            return .unseen("\(description.title) has no command \(plan.command.kind)")
        }
        guard let row = try await row(entity, in: listing) else {
            return .unseen("the server has no such \(entity.kind) any more")
        }
        var seen = row
        if let source = declared.verification.source {
            let root = try await answer(source.read, Filling(row: row, id: entity.id, now: now), priority: 0)
            guard let value = source.at.value(in: root) else {
                return .unseen("the answer has nothing at \(Self.shown(source.at)) (\(source.read.place))")
            }
            seen = value
        }
        let words = declared.verification.words
        switch declared.verification.test {
        case .holds(let condition):
            switch condition.judge(seen) {
            case true: return .done(words)
            case false: return .not("not seen so far: \(words)")
            case nil: return .unseen("the server does not say whether \(words) (\(condition.at.text))")
            }
        case .equals(let pointer, let template):
            let answers = (try? declared.answers(to: plan.command, settings)) ?? [:]
            let filling = Filling(
                row: row, id: entity.id, answers: answers, user: settings.user ?? "nocturne")
            guard let wanted = filling.text(template) else {
                return .unseen("what was asked for is not known any more")
            }
            if let now = pointer.value(in: seen)?.word {
                return now == wanted ? .done(words) : .pending("not seen so far: \(words)")
            }
            if pointer.isNull(in: seen) { return .pending("not seen so far: \(words)") }
            return .unseen("the server does not say whether \(words) (\(pointer.text))")
        case .changes(let pointer):
            guard let now = pointer.value(in: seen)?.word else {
                return .unseen("the server does not say whether \(words) (\(pointer.text))")
            }
            guard case .text(let before) = plan.step(of: entity)?.before["seen"] else {
                return .unseen("what was there before is not known")
            }
            return now == before ? .pending("not seen so far: \(words)") : .done(words)
        }
    }
}

extension DeclaredCommand {
    /// The answers of a form as requests take them; one that was left empty is its standard.
    func answers(to command: Command, _ settings: BackendSettings) throws(BackendError) -> [FieldKey:
        JSONTree]
    {
        var answers: [FieldKey: JSONTree] = [:]
        for field in descriptor.form {
            if case .toggle(let initially) = field.input {
                answers[field.key] = .bool(command.flag(field.key) ?? initially)
                continue
            }
            guard let text = command.text(field.key) ?? standard(of: field.key, settings) else {
                if case .line(true) = field.input { throw lacking(field) }
                if case .secret(true) = field.input { throw lacking(field) }
                continue
            }
            if case .choice(let words) = field.input, !words.contains(text) {
                throw BackendError(.invalid, "\(field.title) is one of \(words.joined(separator: ", "))")
            }
            guard lengths.contains(field.key) else {
                answers[field.key] = .string(text)
                continue
            }
            guard let seconds = Length.seconds(text) else {
                throw BackendError(.invalid, "\(field.title) is a length of time such as 30m, 4h or 2d")
            }
            answers[field.key] = .integer(seconds)
        }
        return answers
    }

    /// What an empty answer stands for; nil where it stands for nothing.
    func standard(of key: FieldKey, _ settings: BackendSettings) -> String? {
        guard let standard = standards[key] else { return nil }
        guard standard == "{operator}" else { return standard }
        return settings.operatorName.isEmpty ? "nocturne" : settings.operatorName
    }

    private func lacking(_ field: FormField) -> BackendError {
        BackendError(.invalid, "\(descriptor.title) needs \(field.title.lowercased())")
    }
}

/// A length of time as people write it: `90s`, `30m`, `4h`, `2d`, and several of them.
package enum Length {
    /// The seconds, from one to ten years; nil for anything else.
    package static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        var total: Int64 = 0
        var number: Int64?
        for sign in text where sign != " " {
            if let digit = sign.wholeNumberValue, sign.isASCII {
                number = (number ?? 0) * 10 + Int64(digit)
                if number ?? 0 > 315_360_000 { return nil }
            } else {
                guard let unit = units[sign], let count = number else { return nil }
                total += count * unit
                number = nil
                if total > 315_360_000 { return nil }
            }
        }
        return number == nil && total > 0 ? total : nil
    }
}
