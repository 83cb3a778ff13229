internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What shows that a command happened.
extension DeclaredServer {
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
            let answers = try declared.answers(to: plan.command, settings)
            let filling = filling(row, entity, try resource(entity.kind), answers: answers)
            let root = try await answer(source.read, filling, priority: 0)
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
                return .unseen("what was at \(pointer.text) before is not known")
            }
            return now == before ? .pending("not seen so far: \(words)") : .done(words)
        }
    }
}
