internal import AdapterKit
internal import Domain
internal import HTTP

extension LibreNMSServer {
    /// Judged by pages that only administrators, or only those with more rights than to look, are shown.
    ///
    /// Releases before 2018 know no rights. Until 2026 a token of "global read" is refused `/poller_group`; since then it
    /// sees that, and is refused `/oxidized`.
    func authority() async -> Authority {
        let known: Dialect
        do throws(BackendError) { known = try await dialect() } catch { return Authority(nil, error.words) }
        guard known.version != nil else {
            return Authority(true, "releases as old as this let every token do everything")
        }
        var isShown = false
        for (route, path) in [("get_poller_group", Path.pollerGroups), ("list_oxidized", Path.oxidized)]
        where known.routes.contains(route) {
            guard let response = try? await read(path, priority: 0), response.page == nil else { continue }
            if response.status == 403 {
                return Authority(
                    false, "\(path) is refused (403), so that commands will be too, unless a role allows them"
                )
            }
            if response.isSuccess { isShown = true }
        }
        guard isShown else {
            return Authority(nil, "LibreNMS does not say it before a command is sent")
        }
        return Authority(
            true, "it is shown what only administrators are; LibreNMS says no more before a command is sent")
    }
}
