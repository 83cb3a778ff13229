public import Dashboard
public import Domain

/// Where things leave the program besides the servers and the screen.
public struct Integrations: Sendable {
    /// The file that holds what was copied last.
    public var clipboard: ClipboardFile
    /// The program that opens addresses, with its arguments; nil where none is configured.
    public var browser: [String]?
    /// What the operator is called for; found where answers arrive.
    public var alarms: [AlarmRule]
    /// The variables that programs must not see: those with our secrets.
    public var withheld: [String]
    /// Reads a text of the operator's on what to do.
    ///
    /// Called on any thread.
    public var runbook: @Sendable (Runbooks.Book) -> Result<CapturedText, BackendError>

    /// Describes the integrations.
    public init(
        clipboard: ClipboardFile, browser: [String]? = nil, alarms: [AlarmRule] = [], withheld: [String] = [],
        runbook: @escaping @Sendable (Runbooks.Book) -> Result<CapturedText, BackendError> = { _ in
            .failure(BackendError(.missing, "there is no folder of run-books"))
        }
    ) {
        self.runbook = runbook
        self.clipboard = clipboard
        self.browser = browser
        self.alarms = alarms
        self.withheld = withheld
    }
}
