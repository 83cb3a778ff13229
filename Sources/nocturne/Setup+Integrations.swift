import Configuration
import Runtime

extension Setup {
    /// Where things leave the program besides servers and screen.
    var integrations: Integrations {
        Integrations(
            clipboard: ClipboardFile(
                directory: directories.state, shown: directories.shown(directories.state)),
            browser: settings.browser, alarms: settings.alarms,
            withheld: withheld, runbook: { [folder = RunbookFolder(directories)] in folder.read($0) })
    }
}
