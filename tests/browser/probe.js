// Ears for a test: every <audio> of the page is listened to through an analyser, and what
// is heard and highlighted is written down at each frame.
window.heard = [];
window.audios = [];
const RealAudio = window.Audio;
window.Audio = function Audio(...given) {
  const audio = new RealAudio(...given);
  window.audios.push(audio);
  return audio;
};
window.startListening = () => {
  const context = new AudioContext({ sampleRate: 24000 });
  const analyser = new AnalyserNode(context, { fftSize: 1024, smoothingTimeConstant: 0 });
  analyser.connect(context.destination);
  const wired = new Set();
  const bins = new Float32Array(analyser.frequencyBinCount);
  const listen = () => {
    for (const audio of window.audios) {
      if (wired.has(audio)) continue;
      wired.add(audio);
      context.createMediaElementSource(audio).connect(analyser);
    }
    analyser.getFloatFrequencyData(bins);
    const peak = bins.indexOf(Math.max(...bins));
    window.heard.push({
      at: performance.now(),
      hz: bins[peak] > -50 ? (peak * context.sampleRate) / analyser.fftSize : 0,
      text: [...(CSS.highlights.get("tingwen") ?? [])].map(String).join("|"),
      streams: window.audios.filter((a) => a.src.startsWith("blob:") && !a.paused).length,
    });
    requestAnimationFrame(listen);
  };
  listen();
  return context.resume();
};
