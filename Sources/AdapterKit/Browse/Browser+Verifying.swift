public import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// What became of a command, by reading again what it was about.
    public func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        let following = Following(now: settings.now, pause: settings.pause)
        return await following.outcomes(
            of: plan,
            { entity in
                let isBodyDue = plan.step(of: entity)?.request.body != nil
                return CommandAnswer(entity, in: answers, judging: manners.answers(isBodyDue).judge)
            }, reporting: reporting
        ) { open in
            await Evidence.each(open) { (entity) async throws(BackendError) in
                try await evidence(plan, entity, answers)
            }
        }
    }

    private func evidence(
        _ plan: Plan, _ entity: EntityRef, _ answers: [StepAnswer]
    ) async throws(BackendError) -> Evidence {
        let place = try place(of: entity, for: plan.command.kind)
        switch plan.command.kind {
        case .deleteResource: return try await gone(place)
        case .createResource: return try await made(plan, entity, place, answers)
        case .callOperation: return .unseen("what it does is not seen from here")
        default:
            guard let row = try await row(.changeResource, place) else { return .unseen("it can't be read") }
            return compared(plan, entity, with: row, place)
        }
    }

    private func gone(_ place: BrowsePlace) async throws(BackendError) -> Evidence {
        guard place.entry.isReadable else { return .unseen("it can't be read") }
        let response = try await answer(at: place)
        if manners.saysMissing(response) { return .done("the server has it no more") }
        if let problem = manners.problem(response) { throw problem }
        // Some answer an empty list for what is not there.
        if let root = try? response.json(), let list = manners.list(in: root), list.array.isEmpty {
            return .done("the server has it no more")
        }
        return .not("it is still there")
    }

    /// Whether what was made is there: by the number or the address that the server answered with.
    private func made(
        _ plan: Plan, _ entity: EntityRef, _ place: BrowsePlace, _ answers: [StepAnswer]
    ) async throws(BackendError) -> Evidence {
        guard case .success(let response)? = answers.last(where: { $0.entity == entity })?.result,
            response.isSuccess, let root = try? response.json()
        else { return .unseen("") }
        let object = manners.object(in: root).value
        guard let made = item(of: object, in: place) else {
            return .unseen("the server does not say what it made")
        }
        guard let row = try await row(.changeResource, made) else { return .unseen("it can't be read") }
        return compared(plan, entity, with: row, made)
    }

    /// The place of an object of a collection.
    func item(of object: JSONValue, in place: BrowsePlace) -> BrowsePlace? {
        guard let item = catalogue.item(of: place.entry) else { return nil }
        if let url = object["url"]?.string, let found = BrowseLinks(browser: self).place(ofAddress: url) {
            return catalogue.place(at: BrowseAddress(found.id))
        }
        guard let id = (object["id"] ?? object[item.parameter])?.text else { return nil }
        var parameters = place.parameters
        parameters[item.parameter] = id
        return item.entry.template.path(parameters).flatMap { catalogue.place(at: BrowseAddress(path: $0)) }
    }

    /// Whether an object has what was sent.
    private func compared(
        _ plan: Plan, _ entity: EntityRef, with row: JSONValue, _ place: BrowsePlace
    ) -> Evidence {
        let sent = plan.step(of: entity)?.request.body.flatMap { try? JSONDocument($0).root.object }
        guard let sent else { return .unseen("what was sent is not known any more") }
        let members = sent.map { JSONTree.Member($0.key, JSONTree($0.value)) }
        let found = RecordReadBack(members, in: row, secrets: { manners.isSecret($0, at: place.entry) })
        if let doubt = found.doubt {
            // Where nobody knows which fields a path takes, what is read in another shape proves nothing.
            guard !manners.describesFields, case .not(let words) = doubt else { return doubt }
            return .unseen("it reads back in another way: \(words)")
        }
        if found.kept.isEmpty { return .unseen(found.hasSecrets ? "a secret is not read back" : "") }
        let secrets = found.hasSecrets ? "; a secret is not compared" : ""
        return .done("the server has it as wanted" + secrets + found.remarks.map { "; \($0)" }.joined())
    }
}
