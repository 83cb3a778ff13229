import Canvas
import Domain
import Filter

/// What a row says in one line, for a screen that draws it in a way of its own.
package struct StillRow {
    /// How bad it is.
    package let sign: Sign
    /// What it is about: of an alert the device, of others what they are called.
    package let name: String
    /// What is wrong with it; empty where the row says no more than its sign.
    package let words: String
    /// Since when, how it is dealt with, and who says so: what matters to those who come nearer.
    package let remarks: [String]
    /// Whether its server did not answer for too long.
    package let isStale: Bool

    /// - Parameters:
    ///   - row: its place among the shown rows.
    ///   - redaction: nil where everything may be read.
    package init(_ state: State, _ pane: PaneState, _ row: Int, redaction: StillTable.Redaction?) {
        let arrangement = pane.arrangement
        let handle = arrangement.rows[row]
        let table = arrangement.tables[handle.table]
        let resource = table.resource
        let backend = state.backend(table.backend)
        let isCertain = backend?.info?.clock.isCertain ?? true
        func text(_ key: FieldKey) -> String {
            guard let place = resource.index(of: key) else { return "" }
            let field = resource.fields[place]
            let value = table.value(handle.row, place)
            guard !value.isNone else { return "" }
            var text = CellText(value, field.type, key: key, now: state.wall, clockIsCertain: isCertain).text
            if let names = arrangement.request.shortNames, names.shortens(field, of: resource) {
                text = names.short(text)
            }
            return redaction?(text, value, field, resource) ?? text
        }
        let judged =
            resource.fields.first { $0.type == .severity } ?? resource.fields.first { $0.type == .state }
        let word = judged.map { table.text(handle.row, $0.key) } ?? ""
        sign =
            judged.map { $0.type == .severity ? Sign.severity(word) : Sign.state(word) }
            ?? Sign("?", .severityUnknown)
        let isAlert = resource.tally == .alerts
        let about = isAlert ? text(.device) : ""
        let called = text(resource.nameField)
        name = about.isEmpty ? called : about
        // A rule that several things break says which one it is in a field of its own.
        let what = isAlert ? [about.isEmpty ? "" : called, text("fired")] : [word, text("reason")]
        words = what.filter { !$0.isEmpty }.joined(separator: " ")
        let age = text(.since)
        let dealt = isAlert ? text(.state) : ""
        let claim = state.claims.of(table.refs[handle.row]).first
        remarks = [
            // Visitors read that somebody has it, and not who.
            claim.map { "\(Sign.claim.symbol) \(redaction == nil ? $0.owner : "somebody") has it" } ?? "",
            age.isEmpty ? "" : "since \(age)", dealt, backend?.name ?? "", text(.location), text(.customer),
            text(.note),
        ].filter { !$0.isEmpty }
        let freshness = backend?.freshness(of: resource, now: state.now)
        let isHeard = freshness.map { [.fresh, .partial, .outdated, .asking].contains($0) } ?? false
        isStale = !isHeard || state.lateness(table)?.isLate(handle.row) == true
    }
}
