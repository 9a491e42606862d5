import time
import pytest
from tests.tools import axe
pytestmark=pytest.mark.browser
def test_a(window):
    w=window("cz.operator")
    src=axe.SCRIPT.read_text("utf-8")
    for a in ["/desk","/tips/","/tips/new","/account","/", "/tips/new"]:
        t0=time.perf_counter(); p=w.go(a); t=time.perf_counter(); p.evaluate(src); t1=time.perf_counter()
        p.evaluate("() => axe.run(document, {resultTypes: ['violations']})"); t2=time.perf_counter()
        p.evaluate("() => axe.run(document, {resultTypes: ['violations']})"); t3=time.perf_counter()
        p.evaluate("async () => { (await axe.run(document, {resultTypes: ['violations'], preload:false, iframes:false, elementRef:false, performanceTimer:false})).violations}"); t4=time.perf_counter()
        p.evaluate("async () => { (await axe.run(document, {resultTypes: ['violations'], preload:false, iframes:false, rules:{'color-contrast':{enabled:false}}})).violations}"); t5=time.perf_counter()
        print(a,*[round(x,2) for x in (t-t0,t1-t,t2-t1,t3-t2,t4-t3,t5-t4)])
