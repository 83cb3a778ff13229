import Canvas
import Domain

/// A command that is begun as a dry run stays one.
extension State {
    /// Makes the next command a dry run, or takes that back.
    ///
    /// It holds until a command was begun or the operator ends it, whatever else is pressed: better a command that
    /// is only shown than one that is sent because something came between.
    mutating func arm() {
        setDryRunArmed(!isDryRunArmed)
        let key = keymap.spelling(of: .own(.back), in: [.table, .global]) ?? ""
        showMessage(
            .plain,
            isDryRunArmed ? "the next command is only shown, nothing is sent; \(key) ends it" : "no dry run",
            stays: isDryRunArmed)
    }

    /// Ends what makes the next command a dry run; nil when nothing does.
    mutating func disarm() -> [Effect]? {
        guard isDryRunArmed, layers.isEmpty else { return nil }
        arm()
        return []
    }
}
