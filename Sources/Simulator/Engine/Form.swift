/// What a body has to hold: one demand after another, in the order in which the server looks.
///
/// Servers differ in what they do with complaints: some answer with the first, one with the last, some with
/// all of them by field. So a form only tells them.
struct Form: Sendable {
    /// Something that a body must fulfil, and the words for one that does not.
    struct Demand: Sendable {
        let field: String
        let complaint: String
        let isMet: @Sendable (_ body: Input) -> Bool

        init(_ field: String, _ complaint: String, isMet: @escaping @Sendable (_ body: Input) -> Bool) {
            self.field = field
            self.complaint = complaint
            self.isMet = isMet
        }

        /// A field of one of these words.
        static func oneOf(_ words: [String], _ field: String, _ complaint: String) -> Demand {
            Demand(field, complaint) { body in body[field].text.map(words.contains) ?? false }
        }
    }

    struct Complaint: Sendable, Equatable {
        let field: String
        let words: String
    }

    let demands: [Demand]

    /// What is wrong with a body, of each field the first thing.
    func complaints(about body: Input) -> [Complaint] {
        var complaints: [Complaint] = []
        for demand in demands where !demand.isMet(body) {
            guard !complaints.contains(where: { $0.field == demand.field }) else { continue }
            complaints.append(Complaint(field: demand.field, words: demand.complaint))
        }
        return complaints
    }
}
