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
        var sharings: [ResourceKind: Sharing] = [:]
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
            let count = plan.steps.count
            try add(target, row, resource, declared, command, to: &plan)
            guard plan.steps.count > count, let shared = declared.shared, let list = lists[target.kind] else {
                continue
            }
            sharings[
                target.kind,
                default: Sharing(
                    at: shared.at, words: shared.words, of: resource.descriptor, in: list,
                    identity: { identity(of: $0, resource) })
            ].add(row, id: target.id)
        }
        warn(of: sharings, in: &plan)
        plan.undo = undo(of: plan)
        plan.shorten()
        return plan
    }

    /// Says how many others a command changes, which it asks more for; where that is not known too.
    private func warn(of sharings: [ResourceKind: Sharing], in plan: inout Plan) {
        for (kind, sharing) in sharings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let targets = Set(plan.steps.map(\.entity).filter { $0.kind == kind }.map(\.id))
            guard let warning = sharing.warning(besides: targets) else { continue }
            plan.warnings.append(warning)
            plan.tier = max(plan.tier, .touchesService)
        }
    }

    /// What takes back what is sent, and nothing of what others did to targets that nothing is sent for.
    private func undo(of plan: Plan) -> Command? {
        var kind: CommandKind?
        var targets: [EntityRef] = []
        var seen: Set<EntityRef> = []
        for entity in plan.steps.map(\.entity) where seen.insert(entity).inserted {
            guard let undo = declared(plan.command.kind, entity.kind)?.undo, undo == kind ?? undo,
                declared(undo, entity.kind) != nil
            else { continue }
            kind = undo
            targets.append(entity)
        }
        return kind.map { Command($0, targets) }
    }

    func declared(_ command: CommandKind, _ target: ResourceKind) -> DeclaredCommand? {
        description.commands.first { $0.descriptor.kind == command && $0.target == target }
    }

    /// Takes a target in: what is sent for it, or why nothing is.
    private func add(
        _ target: EntityRef, _ row: JSONValue, _ resource: DeclaredResource, _ declared: DeclaredCommand,
        _ command: Command, to plan: inout Plan
    ) throws(BackendError) {
        let filling = filling(row, target, resource, answers: try declared.answers(to: command, settings))
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
            do throws(BackendError) {
                var fillings = [filling]
                if let each = step.each {
                    fillings = try filling.elements(
                        at: each, byKey: step.takesKey, for: "each of \(step.method.rawValue) \(step.path)")
                }
                for filling in fillings { requests.append(try request(step, filling)) }
            } catch {
                throw BackendError(error.kind, "\(error.words); nothing was sent")
            }
        }
        guard !requests.isEmpty else {
            return plan.exclude(
                target, name: filling.name, words: "the server names nothing to send this for")
        }
        for request in requests {
            plan.add(target, name: filling.name, state: state, request: request)
            // Without a value now, one that is there later may have been there all along.
            if case .changes(let pointer) = declared.verification.test, let now = pointer.value(in: row)?.word
            {
                plan.steps[plan.steps.count - 1].before["seen"] = .text(now)
            }
        }
        plan.summary.append("\(filling.words(declared.summary)) at \(settings.name).")
        if !declared.warning.isEmpty, !plan.warnings.contains(declared.warning) {
            plan.warnings.append(declared.warning)
        }
    }

    private func request(_ step: DeclaredStep, _ filling: Filling) throws(BackendError) -> CommandStep {
        let parameters = try parameters(of: step.path, step.parameters, filling)
        var request = CommandStep.bare(step.method, step.path, parameters)
        if let body = step.body {
            let tree = try filling.tree(body, for: "the body of \(step.method.rawValue) \(step.path)")
            request = .json(step.method, step.path, parameters, tree ?? .null, hiding: secrets)
        }
        for (key, value) in step.query {
            // What the operator was free to answer may be left out; what the row should say may not.
            guard let text = try filling.needed(value, for: "query \(key) of \(step.path)") else { continue }
            request.query.append((key, text))
        }
        guard request.target != nil else {
            throw BackendError(
                .invalid, "\(filling.name): the server gives nothing for a place in \(step.path)")
        }
        return request
    }
}
