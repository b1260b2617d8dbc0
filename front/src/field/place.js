// Where the phone is, when somebody records something; never in between (no track is kept).
const PATIENCE = 8_000;
const FRESH = 30_000;

/** { lon, lat, accuracy_m } or null: not allowed, or no signal of satellites. */
export function place() {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((done) => {
    const late = setTimeout(() => done(null), PATIENCE + 500); // a question nobody answers
    const end = (value) => { clearTimeout(late); done(value); };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => end({ lon: coords.longitude, lat: coords.latitude, accuracy_m: Math.round(coords.accuracy) }),
      () => end(null),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: FRESH },
    );
  });
}
