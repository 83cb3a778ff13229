import CCurl
import HTTP

/// A transfer while curl works on it: its handle, what has come so far, and when it is given up.
///
/// Belongs to the thread of the loop, as does everything that curl calls back.
final class Attempt {
    let transfer: Transfer
    let handle: EasyHandle
    private let started = ContinuousClock.now
    private let landing = LandingBuffer()
    private var heads = HeaderLanding()
    private var stall: StallWatch?
    /// When the request began to leave; nil proves that nothing of it was sent.
    private(set) var leftAt: ContinuousClock.Instant?
    /// Why this attempt was ended from our side.
    private var verdict: TransportError?

    var order: TransferOrder { transfer.order }
    private var limits: Limits { order.endpoint.limits }

    /// Sets up a handle; nil when curl has no memory for one.
    init?(_ transfer: Transfer) {
        guard let handle = EasyHandle() else { return nil }
        self.transfer = transfer
        self.handle = handle
        handle.configure(transfer.order)
        let context = Unmanaged.passUnretained(self).toOpaque()  // the desk keeps it until curl is done
        handle.set(CURLOPT_WRITEDATA, context: context)
        handle.set(CURLOPT_HEADERDATA, context: context)
        handle.set(CURLOPT_PRIVATE, context: context)
        handle.set(CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
            Attempt.at(context)?.land(bytes, count) ?? false ? count : 0
        }
        handle.set(CURLOPT_HEADERFUNCTION) { bytes, _, count, context in
            Attempt.at(context)?.landHeader(bytes, count) ?? false ? count : 0
        }
        handle.setDeparture(
            { context, _, _, _, _ in
                Attempt.at(context)?.mayLeave() ?? false
                    ? Int32(CURL_PREREQFUNC_OK) : Int32(CURL_PREREQFUNC_ABORT)
            }, context: context)
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Attempt? {
        context.map { Unmanaged<Attempt>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The attempt that curl's message is about.
    static func of(_ handle: UnsafeMutableRawPointer) -> Attempt? {
        at(ccurl_get_pointer(handle, CURLINFO_PRIVATE))
    }

    // MARK: What curl calls

    /// The connection stands and the request is about to leave.
    private func mayLeave() -> Bool {
        if transfer.isCancelled {
            verdict = .cancelled
            return false
        }
        if let refusal = order.refusal {
            verdict = .refused(refusal)
            return false
        }
        if order.isCommand && leftAt != nil {
            verdict = .outcomeUnknown(reason: "it left once and was not sent again")
            return false
        }
        leftAt = .now
        return true
    }

    private func landHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        if stall == nil {
            stall = StallWatch(limit: .seconds(limits.stall), rate: limits.stallRate, from: .now)
        }
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        if heads.land(line) { return true }
        verdict = .closed(reason: "the header of the answer is larger than \(HeaderLanding.cap >> 10) KB")
        return false
    }

    private func land(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        guard landing.arrived + count <= limits.body else {
            verdict = .tooLarge(limit: limits.body)
            return false
        }
        let part = UnsafeRawBufferPointer(start: bytes, count: count)
        if landing.append(part, isJSON: heads.saysJSON) { return true }
        verdict = .closed(reason: "there is no memory for the answer")
        return false
    }

    // MARK: Limits

    /// When the limits are to be looked at next.
    var nextLook: ContinuousClock.Instant {
        var next = started + .seconds(order.whole)
        if let stall {
            next = min(next, stall.nextLook)
        } else if let leftAt {
            next = min(next, leftAt + .seconds(limits.firstByte))
        }
        return next
    }

    /// The limit that has run out, if one has.
    func overdue(at now: ContinuousClock.Instant) -> TransportError? {
        if now - started >= .seconds(order.whole) { return .timedOut(.whole, seconds: order.whole) }
        if stall == nil {
            guard let leftAt, now - leftAt >= .seconds(limits.firstByte) else { return nil }
            return .timedOut(.firstByte, seconds: limits.firstByte)
        }
        let received = ccurl_get_size(handle.pointer, CURLINFO_SIZE_DOWNLOAD_T)
        guard stall?.hasStalled(received: received, at: now) == true else { return nil }
        return .timedOut(.stalled, seconds: limits.stall)
    }

    // MARK: The end

    /// What curl's verdict means for whoever waits.
    func result(_ code: CURLcode) -> Result<Response, TransportError> {
        if code == CURLE_OK { return .success(response()) }
        let fault = verdict ?? CurlFault(code, handle: handle, order: order).error
        return .failure(ended(by: fault))
    }

    /// The error of an attempt that is ended from outside; a command that left is in doubt.
    func ended(by error: TransportError) -> TransportError {
        guard order.isCommand, leftAt != nil else { return error }
        return .outcomeUnknown(reason: CurlFault.doubt(error, status: heads.status))
    }

    private func response() -> Response {
        let handle = handle.pointer
        return Response(
            status: ccurl_get_long(handle, CURLINFO_RESPONSE_CODE),
            headers: heads.fields,
            body: landing.takeBody(),
            exchange: Exchange(
                seconds: (ContinuousClock.now - started).inSeconds,
                received: ccurl_get_size(handle, CURLINFO_SIZE_DOWNLOAD_T),
                version: version(ccurl_get_long(handle, CURLINFO_HTTP_VERSION))))
    }

    private func version(_ number: Int) -> String {
        switch number {
        case Int(CURL_HTTP_VERSION_1_0): "1.0"
        case Int(CURL_HTTP_VERSION_2_0): "2"
        case Int(CURL_HTTP_VERSION_3): "3"
        default: "1.1"
        }
    }
}
