var xt={sine:{f:Math.sin,a:0,b:2*Math.PI,M2:1},root:{f:Math.sqrt,a:0,b:1,M2:1/0},corner:{f:Math.abs,a:-1,b:1,M2:1/0},runge:{f:r=>1/(1+25*r**2),a:-1,b:1,M2:50},wave:{f:r=>Math.sin(3*r)+r/2,a:-3,b:3,M2:9}};var M=(r,t,e)=>Array.from({length:e},(s,i)=>i===e-1?t:r+(t-r)*i/(e-1));function W(r,t,e){if(r<=t[0])return e[0];let s=0,i=t.length-1;if(r>=t[i])return e[i];for(;i-s>1;){let o=s+i>>1;t[o]<=r?s=o:i=o}return e[s]+(e[i]-e[s])/(t[i]-t[s])*(r-t[s])}function E(r,t){for(let e=0;e<t;e++)r=1-Math.abs(2*r-1);return r}var Q=Math.sqrt(50),tt=Math.sqrt(10),et=Math.sqrt(2);function L(r,t,e){let s=(t-r)/Math.max(0,e),i=Math.floor(Math.log10(s)),o=s/Math.pow(10,i),n=o>=Q?10:o>=tt?5:o>=et?2:1,a,h,l;return i<0?(l=Math.pow(10,-i)/n,a=Math.round(r*l),h=Math.round(t*l),a/l<r&&++a,h/l>t&&--h,l=-l):(l=Math.pow(10,i)*n,a=Math.round(r/l),h=Math.round(t/l),a*l<r&&++a,h*l>t&&--h),h<a&&.5<=e&&e<2?L(r,t,e*2):[a,h,l]}function N(r,t,e){if(t=+t,r=+r,e=+e,!(e>0))return[];if(r===t)return[r];let s=t<r,[i,o,n]=s?L(t,r,e):L(r,t,e);if(!(o>=i))return[];let a=o-i+1,h=new Array(a);if(s)if(n<0)for(let l=0;l<a;++l)h[l]=(o-l)/-n;else for(let l=0;l<a;++l)h[l]=(o-l)*n;else if(n<0)for(let l=0;l<a;++l)h[l]=(i+l)/-n;else for(let l=0;l<a;++l)h[l]=(i+l)*n;return h}function D(r,t,e){return t=+t,r=+r,e=+e,L(r,t,e)[2]}function z(r,t,e){t=+t,r=+r,e=+e;let s=t<r,i=s?D(t,r,e):D(r,t,e);return(s?-1:1)*(i<0?1/-i:i)}var st="⁰¹²³⁴⁵⁶⁷⁸⁹",it=r=>(r<0?"⁻":"")+[...`${Math.abs(r)}`].map(t=>st[+t]).join("");function y(r,t=2){let e=r.toFixed(t);return(Number(e)===0?e.replace("-",""):e).replace("-","−")}function A(r,t,e){let s=e?Math.log:Number,i=e?Math.exp:Number,[o,n]=r.map(h=>s(h)),a=(t[1]-t[0])/(n-o||1);return Object.assign(h=>t[0]+(s(h)-o)*a,{invert:h=>i(o+(h-t[0])/a)})}function P(r,t,e){if(!e){let h=Math.max(0,-Math.floor(Math.log10(Math.abs(z(r[0],r[1],t)))+1e-9));return N(r[0],r[1],t).map(l=>({x:l,text:y(l,h)}))}let s=Math.ceil(Math.log10(r[0])-1e-9),i=Math.floor(Math.log10(r[1])+1e-9),o=[1,2,3,5,6,10,12,20,30,50,100],n=o.find(h=>(i-s)/h<=t)??200,a=[];for(let h=Math.ceil(s/n)*n;h<=i;h+=n)a.push({x:10**h,text:h>=-2&&h<=3&&i-s<6?`${Number((10**h).toFixed(2))}`:`10${it(h)}`});return a}var $={"data-lm-suppress-shortcuts":"true"};function u(r,t={},e){let s=document.createElement(r);for(let[i,o]of Object.entries(t))i==="text"?s.textContent=o:s.setAttribute(i,o);return e?.append(s),s}var rt="http://www.w3.org/2000/svg";function b(r,t,e){let s=document.createElementNS(rt,r);return g(s,t),e?.append(s),s}function g(r,t){for(let e in t){let s=`${t[e]}`;r.getAttribute(e)!==s&&r.setAttribute(e,s)}}function w(r,t){if(r.textContent===t)return;let e=r.firstChild;e instanceof Text&&!e.nextSibling?e.data=t:r.textContent=t}function F(r,t,e,s){let i=o=>Math.round(o*100)/100;return r==="triangle"?`M${i(t)},${i(e-1.15*s)}l${i(1.1*s)},${i(1.95*s)}h${i(-2.2*s)}Z`:r==="square"?`M${i(t-.9*s)},${i(e-.9*s)}h${i(1.8*s)}v${i(1.8*s)}h${i(-1.8*s)}Z`:r==="diamond"?`M${i(t)},${i(e-1.2*s)}L${i(t+1.2*s)},${i(e)}L${i(t)},${i(e+1.2*s)}L${i(t-1.2*s)},${i(e)}Z`:r==="cross"?`M${i(t-s)},${i(e)}h${i(2*s)}M${i(t)},${i(e-s)}v${i(2*s)}`:`M${i(t-s)},${i(e)}a${s},${s} 0 1,0 ${2*s},0a${s},${s} 0 1,0 ${-2*s},0Z`}var B=(r,t,e,s,i,o="")=>({kind:"slider",label:r,first:t,low:e,high:s,step:i,about:o});function ot(r,t){return r.stops?`${t}`:y(t,Math.max(0,Math.ceil(-Math.log10(r.step)-1e-9)))}function Y(r,t,e,s,i){e.value!==`${i}`&&(e.value=`${i}`);let o=r.spec.idle?.(r.values).includes(s)??!1;e.disabled!==o&&(e.disabled=o),t.classList.toggle("off",o)}function Z(r,t,e){let[s,i]=e.about?[{title:e.about},{"aria-description":e.about}]:[{},{}],o=u("div",{class:"control",...s},r.controls),n=`${r.id}-${t}`;if(u("label",{for:n,text:e.label},o),e.kind==="slider")return nt(r,o,{id:n,...$,...i},t,e);let a=u("select",{id:n,...$,...i},o);for(let h of e.options)u("option",{value:h,text:h},a);return a.addEventListener("change",()=>r.move(t,a.value,!0)),()=>Y(r,o,a,t,r.values[t])}function nt(r,t,e,s,i){let{stops:o}=i,n=o?[0,o.length-1,1]:[i.low,i.high,i.step],[a,h,l]=n.map(String),c=u("input",{...e,type:"range",min:a,max:h,step:l},t),x=u("output",{for:e.id,"aria-hidden":"true"},t),v=(p,d)=>p.reduce((f,m,k)=>Math.abs(m-d)<Math.abs(p[f]-d)?k:f,0);return c.addEventListener("input",()=>r.move(s,o?o[+c.value]:Number(Number(c.value).toFixed(9)))),()=>{let p=r.values[s],d=ot(i,p),f=r.highest?.(s),m=r.lowest?.(s);f!==void 0&&c.max!==`${f}`&&(c.max=`${f}`),m!==void 0&&c.min!==`${m}`&&(c.min=`${m}`),Y(r,t,c,s,o?v(o,p):p),w(x,d),g(c,{"aria-valuetext":d})}}function G(r,t){let e=!r.spec.actions?.length;t.label==="Reset"&&!e&&u("span",{class:"gap"},r.buttons);let s={type:"button",...$,text:t.label,...t.about&&{title:t.about}},i=u("button",s,e?r.controls:r.buttons);return i.addEventListener("click",()=>t.off?.(r)||t.press(r)),()=>{t.pressed&&g(i,{"aria-pressed":`${t.pressed(r)}`}),t.off&&g(i,{"aria-disabled":`${t.off(r)}`})}}var K=`.mlpx {
  --ink: var(--jp-content-font-color1, #1f1f1f);
  --soft: #5a5a5a;
  --rule: #dcdcdc;
  --edge: #767676;
  --paper: var(--jp-layout-color1, #fff);
  --face: #f3f4f6;
  --blue: #0069a8;
  --orange: #b84e00;
  --green: #00704f;
  --purple: #9a3f73;
  --amber: #8a6100;
  --sky: #2a7db3;
  --grey: #6e6e6e;
  --blue-wash: #cfe5f4;
  --orange-wash: #fbdcc4;
  --grey-wash: #e3e3e3;
  --accent: #0069a8;
  --on-accent: #fff;
  container-type: inline-size;
  color: var(--ink);
  font: 14px/1.45 var(--jp-ui-font-family, system-ui, sans-serif);
  max-width: 1040px;
  padding: 4px 2px;
  text-align: left;
}
.mlpx[data-theme="dark"] {
  --ink: var(--jp-content-font-color1, #ececec);
  --soft: #b4b4b4;
  --rule: #3a3a3a;
  --edge: #8f8f8f;
  --paper: var(--jp-layout-color1, #111);
  --face: #2a2c30;
  --blue: #62b6f0;
  --orange: #ff9b52;
  --green: #45c79b;
  --purple: #e28bbd;
  --amber: #e8b33c;
  --sky: #8fd0f5;
  --grey: #a0a0a0;
  --blue-wash: #143a54;
  --orange-wash: #552b0f;
  --grey-wash: #343434;
  --accent: #62b6f0;
  --on-accent: #06131c;
}
.mlpx *,
.mlpx *::before { box-sizing: border-box; }
.mlpx .hush {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.mlpx .controls {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 235px), 1fr)); gap: 6px 22px; margin: 0 0 6px;
  align-items: center;
}
.mlpx .control { display: grid; grid-template-columns: max-content 1fr max-content; gap: 0 9px; align-items: center; min-height: 28px; }
.mlpx .control output { font-variant-numeric: tabular-nums; min-width: 3.1em; text-align: right; white-space: nowrap; }
.mlpx .control input[type="text"], .mlpx .control select { grid-column: 2 / -1; min-width: 0; }
.mlpx .controls > button { justify-self: end; grid-column: -2 / -1; }
.mlpx .buttons:empty { display: none; }
.mlpx .control.edit { grid-template-columns: max-content minmax(90px, 1fr) minmax(60px, 1fr) max-content; }
.mlpx .control.edit select { grid-column: auto; }
.mlpx svg .edge { stroke-linecap: butt; opacity: 0.8; }
.mlpx svg .edge:hover, .mlpx svg .edge.picked { opacity: 1; stroke: var(--ink); }
.mlpx .control.off { color: var(--soft); }
.mlpx input[type="range"] { width: 100%; min-width: 40px; margin: 0; height: 24px; accent-color: var(--accent); background: none; cursor: pointer; }
.mlpx select,
.mlpx input[type="text"],
.mlpx input[type="number"],
.mlpx button {
  font: inherit; color: var(--ink); background: var(--face); border: 1px solid var(--edge); border-radius: 5px; padding: 2px 8px;
  min-height: 27px; height: auto;
}
.mlpx select option { color: #1f1f1f; background: #fff; }
.mlpx button { cursor: pointer; padding: 2px 11px; width: auto; }
.mlpx button:hover:not([aria-disabled="true"]) { border-color: var(--accent); }
.mlpx button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.mlpx button[aria-disabled="true"] { opacity: 0.5; cursor: default; }
.mlpx .buttons { display: flex; flex-wrap: wrap; gap: 6px; margin: 0 0 8px; }
.mlpx .buttons .gap { flex: 1; }
.mlpx :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.mlpx .stage { display: grid; gap: 8px 18px; align-items: start; }
.mlpx .stage > * { min-width: 0; }
@container (max-width: 420px) {
  .mlpx .control.edit { grid-template-columns: max-content minmax(60px, 1fr) max-content; }
  .mlpx .control.edit select { grid-column: 2 / -1; }
  .mlpx .control.edit input { grid-column: 1 / 3; }
}
@container (max-width: 599px) {
  .mlpx .stage { grid-template-columns: minmax(0, 1fr) !important; grid-template-areas: none !important; }
  .mlpx .stage > * { grid-area: auto !important; }
}
.mlpx .caption { font-weight: 600; font-size: 14px; margin: 2px 0 0; }
.mlpx .legend { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 12.5px; color: var(--ink); min-height: 18px; }
.mlpx .legend svg { width: 24px; height: 12px; vertical-align: -1px; margin-right: 4px; overflow: visible; }
.mlpx .frame { position: relative; }
.mlpx .frame canvas { position: absolute; pointer-events: none; }
.mlpx .frame > svg { display: block; width: 100%; overflow: hidden; position: relative; touch-action: pan-y; user-select: none; }
.mlpx svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
.mlpx svg .label { fill: var(--ink); font-size: 12.5px; }
.mlpx svg .tick { stroke: var(--rule); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .axis { stroke: var(--edge); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
.mlpx svg .line:not(.edge) { stroke-width: 2.2; }
.mlpx svg .line.thin { stroke-width: 1.4; }
.mlpx svg .line.thick { stroke-width: 4; }
.mlpx svg .dash { stroke-dasharray: 7 5; }
.mlpx svg .dot { stroke-dasharray: 1.5 5; }
.mlpx svg .ghost { opacity: 0.45; }
.mlpx svg .mark { stroke: var(--paper); stroke-width: 1.8; paint-order: stroke; }
.mlpx svg .open { fill: none; stroke-width: 2.2; }
.mlpx svg .words { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; font-size: 12.5px; }
.mlpx svg .wash { stroke: none; }
.mlpx svg .handle { cursor: grab; outline: none; }
.mlpx svg .handle:active { cursor: grabbing; }
.mlpx svg .handle .reach { fill: transparent; stroke: none; }
.mlpx svg .handle .knob { fill: var(--paper); stroke-width: 2.6; }
.mlpx svg .handle .knob.clear { fill: transparent; stroke-width: 0; }
.mlpx svg .handle:hover .knob { stroke-width: 3.6; }
.mlpx svg .handle:focus-visible .knob { stroke-width: 4; }
.mlpx svg .handle:focus-visible .reach { stroke: var(--accent); stroke-width: 2; }
.mlpx .says { margin: 6px 0 0; min-height: 2.9em; font-variant-numeric: tabular-nums; }
.mlpx.glide svg path,
.mlpx.glide svg circle { transition: d 0.32s ease-out, cx 0.32s, cy 0.32s; }
@media (prefers-reduced-motion: reduce) {
  .mlpx.glide svg path,
  .mlpx.glide svg circle { transition: none; }
}
@media (forced-colors: active) {
  .mlpx svg { forced-color-adjust: none; background: #fff; }
}
.mlpx svg .line.blue, .mlpx svg .open.blue, .mlpx svg .knob.blue { stroke: var(--blue); }
.mlpx svg .line.orange, .mlpx svg .open.orange, .mlpx svg .knob.orange { stroke: var(--orange); }
.mlpx svg .line.green, .mlpx svg .open.green, .mlpx svg .knob.green { stroke: var(--green); }
.mlpx svg .line.purple, .mlpx svg .open.purple, .mlpx svg .knob.purple { stroke: var(--purple); }
.mlpx svg .line.amber, .mlpx svg .open.amber, .mlpx svg .knob.amber { stroke: var(--amber); }
.mlpx svg .line.sky { stroke: var(--sky); }
.mlpx svg .line.grey, .mlpx svg .open.grey, .mlpx svg .knob.grey { stroke: var(--grey); }
.mlpx svg .line.ink, .mlpx svg .open.ink, .mlpx svg .knob.ink { stroke: var(--ink); }
.mlpx svg .mark.blue, .mlpx svg text.blue { fill: var(--blue); }
.mlpx svg .mark.orange, .mlpx svg text.orange { fill: var(--orange); }
.mlpx svg .mark.green, .mlpx svg text.green { fill: var(--green); }
.mlpx svg .mark.purple, .mlpx svg text.purple { fill: var(--purple); }
.mlpx svg .mark.amber, .mlpx svg text.amber { fill: var(--amber); }
.mlpx svg .mark.grey, .mlpx svg text.grey { fill: var(--grey); }
.mlpx svg .mark.ink, .mlpx svg text.ink { fill: var(--ink); }
.mlpx svg .wash.blue { fill: var(--blue-wash); }
.mlpx svg .wash.orange { fill: var(--orange-wash); }
.mlpx svg .wash.seamless { stroke: var(--orange-wash); stroke-width: 0.6; }
.mlpx svg .line.level { stroke: var(--soft); stroke-width: 1; }
.mlpx svg .line.faint { stroke-width: 0.7; opacity: 0.5; }
.mlpx svg .node { stroke: var(--edge); stroke-width: 1.2; }
.mlpx svg .node.module { fill: var(--face); }
.mlpx svg .node.active { stroke: var(--accent); stroke-width: 3; }
.mlpx svg .wash.bar { fill: var(--purple); }
.mlpx svg .wash.grey { fill: var(--grey-wash); }
`;var I=class{constructor(t){this.canvas=document.createElement("canvas"),this.canvas.setAttribute("aria-hidden","true"),t.prepend(this.canvas),this.context=this.canvas.getContext("2d")}#t(t,e,s){let{canvas:i}=this;(i.width!==t||i.height!==e)&&([i.width,i.height]=[t,e]),i.getAttribute("style")!==s&&i.setAttribute("style",s)}image({left:t,top:e,right:s,bottom:i},o,n,a,h){let l=`left:${t}px;top:${e}px;width:${s-t}px;height:${i-e}px`;this.#t(n,o,`${l};image-rendering:${h?"auto":"pixelated"}`);let c=this.context.createImageData(n,o);a(c.data),this.context.putImageData(c,0,0)}paint(t,e,s){let i=window.devicePixelRatio||1,{context:o}=this;this.#t(Math.round(t*i),Math.round(e*i),`left:0;top:0;width:${t}px;height:${e}px`),o.setTransform(i,0,0,i,0,0),o.clearRect(0,0,t,e),s(o)}};var O=r=>`mlpx-${r}-${Math.random().toString(36).slice(2)}`;function H(r,t,e){if(e.ticks)return e.ticks.map(i=>({x:i,text:`${i}`}));let s=P(r,t,!!e.log);return e.whole?s.filter(({x:i})=>Number.isInteger(i)).map(({x:i,text:o})=>({x:i,text:o.replace(/\.0$/,"")})):s}var C=class{constructor(t,e){this.options=e,this.figure=u("div",{class:"figure"},t),this.caption=u("div",{class:"caption","aria-hidden":"true"},this.figure),this.frame=u("div",{class:"frame"},this.figure),this.told="",this.drawn="",this.keys=void 0,this.svg=b("svg",{role:"img"},this.frame),e.legend&&this.legend(e.legend),this.clip=O("clip"),this.window=b("rect",{},b("clipPath",{id:this.clip},b("defs",{},this.svg))),this.axes=b("g",{"aria-hidden":"true"},this.svg),this.parts=new Map,this.width=this.height=this.margin=0,this.seen="",this.x=A([0,1],[0,1],!1),this.y=A([0,1],[1,0],!1),this.area={left:0,top:0,right:1,bottom:1},this.spans={x:[0,1],y:[0,1]},this.title=e.title}set title(t){this.caption.textContent!==t&&(this.caption.textContent=t),this.#t()}#t(){let t=[this.caption.textContent,this.drawn].filter(Boolean).join(": ");this.svg.getAttribute("aria-label")!==t&&this.svg.setAttribute("aria-label",t)}rename(t,e){this.options.x?.label===t&&this.options.y?.label===e||(this.options={...this.options,x:{...this.options.x,label:t},y:{...this.options.y,label:e}},this.seen="")}legend(t){let e=t.join();if(e===this.told)return;this.told=e,this.drawn=t.map(([,i])=>i).join(", "),this.#t(),this.keys??=this.figure.insertBefore(u("div",{class:"legend","aria-hidden":"true"}),this.frame);let s=this.keys;s.replaceChildren();for(let[i,o]of t){let n=u("span",{},s),a=b("svg",{"aria-hidden":"true",viewBox:"0 0 24 12"},n),h=i.match(/circle|triangle|square|diamond/)?.[0];/line/.test(i)&&b("path",{d:"M1,6H23",class:i},a),/wash/.test(i)&&b("rect",{x:2,y:0,width:20,height:12,class:i},a),h&&b("path",{d:F(h,12,6,4.5),class:i.replace("line","")},a),n.append(o)}}fit(t=Math.floor(this.frame.clientWidth)){let{square:e,tallest:s=430,least:i=170}=this.options;if(t===0)return!1;let o=e?Math.min(t-12,s)+6:Math.max(Math.min(i,s),Math.min(t*(this.options.aspect??.72),s)),n=Math.round(o),a=t!==this.width||n!==this.height;return[this.width,this.height]=[t,n],a}view(t,e){this.width||this.fit();let{x:s={},y:i={},square:o}=this.options,n=s.bare?8:24+(s.label?19:0),a=8,h=14,l=Math.max(60,this.height-a-n),c=i.bare?[]:H(e,l/42,i),x=i.bare?8:12+6.8*Math.max(2,...c.map(({text:m})=>m.length))+(i.label?20:0),v=this.margin=Math.max(x,Math.min(this.margin,x+10)),p=Math.max(60,this.width-v-h);o&&(p=l=Math.min(p,l));let d=[t,e,p,l,v,this.width,this.height].join();if(d===this.seen)return;this.seen=d,this.spans={x:t,y:e};let f=o?v+Math.max(0,(this.width-v-h-p)/2):v;this.area={left:f,top:a,right:f+p,bottom:a+l},this.x=A(t,[f,f+p],!!s.log),this.y=A(e,[a+l,a],!!i.log),g(this.svg,{viewBox:`0 0 ${this.width} ${this.height}`,height:this.height}),g(this.window,{x:f,y:a,width:p,height:l}),this.#e(c)}#e(t){let{left:e,top:s,right:i,bottom:o}=this.area,{x:n={},y:a={},grid:h=!0}=this.options,l=new Set,c=[],x=(p,d,f,m="")=>{let k=this.parts.get(p)??b(d,{},this.axes);return this.parts.set(p,k),l.add(p),g(k,f),m&&w(k,m),k},v=x("ticks","path",{class:"tick"});if((!n.bare||!a.bare)&&x("axis","path",{class:"axis",d:(a.bare?"":`M${e},${s}V${o}`)+(n.bare?"":`M${e},${o}H${i}`)}),n.bare||H(this.spans.x,(i-e)/62,n).forEach(({x:p,text:d},f)=>{let m=Math.round(this.x(p));c.push(h?`M${m},${s}V${o}`:`M${m},${o}v4`),x(`x${f}`,"text",{x:m,y:o+17,"text-anchor":"middle"},d)}),a.bare||t.forEach(({x:p,text:d},f)=>{let m=Math.round(this.y(p));c.push(h?`M${e},${m}H${i}`:`M${e-4},${m}H${e}`),x(`y${f}`,"text",{x:e-7,y:m+4,"text-anchor":"end"},d)}),g(v,{d:c.join("")||"M0,0"}),n.label&&x("x label","text",{class:"label",x:(e+i)/2,y:o+36,"text-anchor":"middle"},n.label),a.label){let[p,d]=[e-this.margin+12,(s+o)/2];x("y label","text",{class:"label",x:p,y:d,"text-anchor":"middle",transform:`rotate(-90 ${p} ${d})`},a.label)}for(let[p,d]of this.parts)l.has(p)||(d.remove(),this.parts.delete(p))}place(t){let e=this.svg.getBoundingClientRect(),s=this.width/e.width;return{x:this.x.invert((t.clientX-e.left)*s),y:this.y.invert((t.clientY-e.top)*s)}}get dark(){return this.figure.closest("[data-theme=dark]")!==null}};var V={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},T=r=>r.target.closest(".handle")?.getAttribute("data-key")??"",q=class{constructor(t){this.plot=t,this.held=new Map,this.dragged=!1,this.taken=void 0,this.#e()}place(t,e,s){let{plot:i}=this;t.firstChild||(b("circle",{class:"reach",r:20},t),b("circle",{r:s.size??7},t),g(t,{class:"handle",tabindex:"0",role:"slider",...$})),this.held.set(e,s);let o=i.x(s.x),n=i.y(s.y),{left:a,top:h,right:l,bottom:c}=i.area,x=(m,k,J)=>Math.max(k,Math.min(J,m)).toFixed(1);g(t.lastElementChild,{class:`knob ${s.looks??"ink"}`});let[v,p]=s.along==="y"?i.spans.y:i.spans.x,d=s.along==="y"?s.y:s.x,f=[(s.press||this.#t(s))&&"Enter",s.remove&&"Delete"].filter(Boolean).join(" ");f&&g(t,{"aria-keyshortcuts":f}),s.along==="y"&&g(t,{"aria-orientation":"vertical"}),g(t,{transform:`translate(${x(o,a,l)},${x(n,h,c)})`,"aria-label":s.label,"aria-valuetext":s.text??`${y(s.x)}, ${y(s.y)}`,"aria-valuenow":d.toFixed(3),"aria-valuemin":v.toFixed(3),"aria-valuemax":p.toFixed(3)})}#t(t){return"remove"in t&&this.plot.clicked!==void 0}refocus(){let t=[...this.held.keys()],e=t.filter(i=>"remove"in this.held.get(i)),s=[...t,...e].pop();this.plot.svg.querySelector(`.handle[data-key="${s}"]`)?.focus({preventScroll:!0})}#e(){let{svg:t}=this.plot;t.addEventListener("pointerdown",e=>this.#s(e)),t.addEventListener("touchstart",e=>{T(e)&&e.preventDefault()},{passive:!1}),t.addEventListener("pointermove",e=>{this.taken&&(this.dragged=!0,this.#i(e,!1))});for(let e of["pointerup","pointercancel"])t.addEventListener(e,s=>{this.taken&&this.dragged&&this.#i(s,!0),this.taken=void 0});t.addEventListener("dblclick",e=>this.held.get(T(e))?.remove?.()),t.addEventListener("keydown",e=>this.#r(e))}#s(t){let{plot:e}=this,s=T(t),i=this.held.get(s);if(this.dragged=!1,!i||t.button!==0)return;let o=e.place(t),n=!e.options.x?.log&&!e.options.y?.log,a=(l,c)=>l>=Math.min(...c)&&l<=Math.max(...c),h=n&&a(i.x,e.spans.x)&&a(i.y,e.spans.y);this.taken=h?{key:s,dx:i.x-o.x,dy:i.y-o.y}:{key:s,dx:0,dy:0},e.svg.setPointerCapture(t.pointerId),t.target.closest(".handle").focus({preventScroll:!0}),t.preventDefault()}#i(t,e){if(!this.taken)return;let s=this.plot.place(t),{key:i,dx:o,dy:n}=this.taken;this.held.get(i)?.move({x:s.x+o,y:s.y+n},{last:e})}#r(t){let e=this.held.get(T(t));if(!e)return;let s=t.key==="Enter"||t.key===" ";if(s&&e.press)e.press();else if(s&&this.#t(e))this.plot.clicked?.({x:e.x+4*(e.step??.1),y:e.y});else if((t.key==="Delete"||t.key==="Backspace")&&e.remove)e.remove();else if(t.key in V){let[i,o]=V[t.key],n=(e.step??.1)*(t.shiftKey?10:1),a=i+o,[h,l]=e.along==="x"?[a,0]:e.along==="y"?[0,a]:[i,o];e.move({x:e.x+h*n,y:e.y+l*n},{last:!0})}else return;t.preventDefault(),t.stopPropagation()}};var S=2e4,R=class extends C{constructor(t,e){super(t,e),this.data=b("g",{"aria-hidden":"true","clip-path":`url(#${this.clip})`},this.svg),this.over=b("g",{"aria-hidden":"true"},this.svg),this.handles=b("g",{},this.svg),this.kept=new Map,this.top=new Map,this.tipped=void 0,this.behind=void 0,this.clicked=void 0,this.grips=new q(this)}begin(){for(let t of this.kept.values())t.used=!1;this.top.clear()}done(){let t=!1;for(let[e,{element:s,used:i}]of this.kept)i||(t||=s===document.activeElement,s.remove(),this.kept.delete(e),this.grips.held.delete(e));g(this.svg,{role:this.grips.held.size?"group":"img"}),t&&this.grips.refocus()}#t(t,e,s=this.data){let i=this.kept.get(t);return i||this.kept.set(t,i={element:b(e,{"data-key":t},s),used:!0}),i.used=!0,this.#e(i.element,s),i.element}#e(t,e){let s=this.top.get(e),i=s?s.nextElementSibling:e.firstElementChild;i!==t&&t!==document.activeElement&&e.insertBefore(t,i),this.top.set(e,t)}#s(t,e){let s=this.x(t),i=this.y(e);if(!Number.isFinite(s)||!Number.isFinite(i))return;let o=n=>Math.round(Math.max(-S,Math.min(S,n))*10)/10;return`${o(s)},${o(i)}`}#i(t,e,s=!1){let i="",o=!1;for(let n=0;n<t.length;n++){let a=this.#s(t[n],e[n]);i+=a===void 0?"":(o?"L":"M")+a,o=a!==void 0}return i&&s?`${i}Z`:i||"M0,0"}line(t,e,s,i){this.path(t,this.#i(e,s),`line ${i}`)}fill(t,e,s,i){this.path(t,this.#i(e,s,!0),`wash ${i}`)}path(t,e,s,i={}){let o=this.#t(t,"path");return g(o,i),g(o,{d:e||"M0,0",class:s}),o}marks(t,e,s,i,o="circle",n=4){let a="";for(let h=0;h<e.length;h++){let l=this.x(e[h]),c=this.y(s[h]);Number.isFinite(l)&&Number.isFinite(c)&&Math.abs(l)<S&&Math.abs(c)<S&&(a+=F(o,l,c,n))}this.path(t,a,i.includes("open")?i:`mark ${i}`)}arrow(t,e,s,i){let o=this.x(e.x),n=this.y(e.y),a=this.x(s.x),h=this.y(s.y),l=Math.hypot(a-o,h-n);if(!(l>.5)||l>S)return;let c=Math.min(11,.6*l),x=(a-o)/l,v=(h-n)/l,p=k=>k.toFixed(1),[d,f]=[a-c*x,h-c*v];this.path(t,`M${p(o)},${p(n)}L${p(d)},${p(f)}`,`line ${i}`);let m=.5*c;this.path(`${t}-head`,`M${p(a)},${p(h)}L${p(d-m*v)},${p(f+m*x)}L${p(d+m*v)},${p(f-m*x)}Z`,`mark ${i}`)}text(t,e,s,i,o="",{dx:n=0,dy:a=0,anchor:h="middle"}={}){let l=this.#t(t,"text",this.over),{left:c,top:x,right:v,bottom:p}=this.area,d=6.7*i.length+6,f=h==="middle"?.5:h==="end"?1:0,m=Math.max(c+3,Math.min(v-d,this.x(e)+n-f*d)),k=Math.max(x+13,Math.min(p-5,this.y(s)+a+4));g(l,{x:(m+f*d).toFixed(1),y:k.toFixed(1),"text-anchor":h,class:`words ${o}`}),w(l,i)}label(t,e,s,i,o=""){let n=this.#t(t,"text",this.over),a=3.5*i.length+2;e=Math.max(a,Math.min(this.width-a,e)),g(n,{x:e,y:s+4,"text-anchor":"middle",class:`words ${o}`}),w(n,i)}tip(t,e){this.tipped??=b("text",{class:"words","aria-hidden":"true"},this.svg);let s=this.svg.getBoundingClientRect(),i=(t.clientX-s.left)*this.width/s.width;this.tipped.setAttribute("x",`${Math.max(4,Math.min(this.width-7*e.length,i+8))}`),this.tipped.setAttribute("y",`${Math.max(14,(t.clientY-s.top)*this.width/s.width-8)}`),this.tipped.textContent=e}get#r(){return this.behind??=new I(this.frame)}image(t,e,s,i=!1){this.#r.image(this.area,t,e,s,i)}paint(t){this.#r.paint(this.width,this.height,t)}grip(t,e){this.grips.place(this.#t(t,"g",this.handles),t,e)}onClick(t){this.clicked=t,this.svg.style.cursor="crosshair",this.svg.addEventListener("click",e=>{!e.target.closest(".handle")&&!this.grips.dragged&&t(this.place(e),e)})}onBrush(t){this.svg.style.cursor="crosshair";let e=!1;this.svg.addEventListener("pointerdown",s=>{s.target.closest(".handle")||s.button!==0||(e=!0,s.pointerType!=="touch"&&this.svg.setPointerCapture(s.pointerId),t(this.place(s),s))}),this.svg.addEventListener("pointermove",s=>{e&&t(this.place(s),s)});for(let s of["pointerup","pointercancel"])this.svg.addEventListener(s,()=>e=!1)}};function lt(r){let t=r.match(/[\d.]+/g)?.map(Number);return t&&t.length>=3&&(t.length<4||t[3]>.5)?t:void 0}function ht(r){for(let t=r;t;t=t.parentElement){let e=lt(getComputedStyle(t).backgroundColor);if(e)return .299*e[0]+.587*e[1]+.114*e[2]<128}return getComputedStyle(document.documentElement).colorScheme.includes("dark")&&matchMedia("(prefers-color-scheme: dark)").matches}function U(r){let t=()=>{let o=ht(r)?"dark":"light";r.dataset.theme!==o&&(r.dataset.theme=o)},e=()=>setTimeout(t,60),s=new MutationObserver(()=>{t(),e()});for(let o of[document.documentElement,document.body])s.observe(o,{attributeFilter:["class","style","data-theme","data-jp-theme-light","data-jp-theme-name","theme"]});let i=matchMedia("(prefers-color-scheme: dark)");return i.addEventListener("change",t),e(),t(),()=>{s.disconnect(),i.removeEventListener("change",t)}}var pt=700,dt=340;function ct(r){return{...Object.fromEntries(Object.entries(r.controls).map(([e,s])=>[e,s.first])),...r.traits}}var _=class{constructor(t,e,s){this.spec=t,this.model=e,this.first=ct(t),this.values=this.#t(),this.id=O("explorer"),this.words="",this.draws=0,this.plots=[],this.ends=[],this.root=u("section",{class:"mlpx",...$,"aria-label":ft(t.title)}),u("style",{text:K},this.root),this.controls=u("div",{class:"controls"},this.root),this.buttons=u("div",{class:"buttons",role:"group","aria-label":"Actions"},this.root),this.body=u("div",{class:"stage"},this.root),this.body.style.gridTemplateColumns=t.columns??"minmax(0, 1fr)",t.areas&&(this.body.style.gridTemplateAreas=t.areas),this.says=u("p",{class:"says","aria-hidden":"true"},this.root),this.status=u("div",{class:"hush",role:"status","aria-live":"off"},this.root);let i={label:"Reset",about:"Put everything back to where it started",press:()=>this.reset()};this.updates=[...Object.entries(t.controls).map(([o,n])=>Z(this,o,n)),...[...t.actions??[],i].map(o=>G(this,o))],this.draw=t.scene(this),this.#s(s)}plot(t,e=""){let s=new R(this.body,t);return e&&(s.figure.style.gridArea=e),this.plots.push(s),s}#t(){let t={};for(let[e,s]of Object.entries(this.first))t[e]=this.model.get(e)??s;return t}set(t,{glide:e=!1}={}){let s=this.spec.limits?this.spec.limits({...this.values,...t}):{...this.values,...t};e&&this.glide(),this.values=s;for(let[i,o]of Object.entries(s))this.model.get(i)!==o&&this.model.set(i,o);clearTimeout(this.saving),this.saving=setTimeout(()=>this.model.save_changes(),80),this.ask()}reset(){this.onReset?.(),this.set({...this.first,...this.model.get("_initial")},{glide:!0})}glide(){this.root.classList.add("glide"),clearTimeout(this.gliding),this.gliding=setTimeout(()=>this.root.classList.remove("glide"),dt)}ask(){this.asked??=requestAnimationFrame(()=>this.show())}show(){if(this.asked=void 0,!(!this.draws&&this.root.clientWidth===0)){for(let t of this.plots)t.begin();this.words=this.draw(this.values);for(let t of this.plots)t.done();w(this.says,this.words);for(let t of this.updates)t();this.draws++,clearTimeout(this.resting),this.resting=setTimeout(()=>this.#e(),pt)}}#e(){this.status.textContent!==this.words&&(this.status.textContent=this.words,setTimeout(()=>this.status.setAttribute("aria-live","polite")))}play(t){this.stop();let e=()=>{if(!this.root.isConnected||!t()){this.playing=void 0,this.halt?.(),this.ask();return}this.playing=requestAnimationFrame(e),this.show()};this.playing=requestAnimationFrame(e),this.ask()}stop(){this.playing!==void 0&&cancelAnimationFrame(this.playing),this.playing=void 0}#s(t){t.append(this.root),this.root.explorer=this,this.ends.push(U(this.root));let e=()=>{let i=this.#t();if(Object.keys(i).every(n=>i[n]===this.values[n]))return;Object.keys(i).some(n=>typeof i[n]!="number"&&i[n]!==this.values[n])&&this.playing===void 0&&this.glide(),this.values=i,this.ask()};for(let i of Object.keys(this.first))this.model.on(`change:${i}`,e),this.ends.push(()=>this.model.off(`change:${i}`,e));let s=new ResizeObserver(()=>{(this.plots.map(i=>i.fit()).some(Boolean)||!this.draws)&&(this.draws?this.ask():this.show())});s.observe(this.body),this.ends.push(()=>s.disconnect())}move(t,e,s=!1){this.onMove?.(t,e),this.set({[t]:e},{glide:s})}start;halt;go;lowest;onReset;onMove;highest;saving;resting;gliding;asked;playing;end(){this.stop(),this.asked!==void 0&&cancelAnimationFrame(this.asked),clearTimeout(this.resting),this.saving!==void 0&&clearTimeout(this.saving);for(let t of this.ends)t();this.root.remove()}};function ft(r){let t=new Set([...document.querySelectorAll(".mlpx")].map(s=>s.getAttribute("aria-label"))),e=r;for(let s=2;t.has(e);s++)e=`${r} (${s})`;return e}var X=r=>({spec:r,render({model:t,el:e}){let s=new _(r,t,e);return()=>s.end()}});var j=7;function mt(r){let t=M(0,1,Math.min(2*r,2**r)+1),e=t.map(o=>E(o,r)),s=M(0,1,2**(r+3)+1),i=Math.max(...s.map(o=>Math.abs(E(o,r)-W(o,t,e))));return{t,v:e,error:i}}var ut={title:"Width against depth",columns:"minmax(0, 1.5fr) minmax(0, 1fr)",areas:'"line units" "layers units"',controls:{k:B("hidden layers k",3,1,j,1,"of two units each"),look:B("look at layer",3,1,j,1,"what this layer makes of what the layers below have made")},limits:r=>({...r,look:Math.min(r.look,r.k)}),scene(r){let t=r.plot({title:"Deep, and one layer of as many units",x:{label:"x"},y:{label:"f(x)"},aspect:.45,tallest:260,legend:[["line blue","k layers of two units"],["line orange dash","one layer of 2k units"]]},"line"),e=r.plot({title:"Inside: one layer folds what the one below made",x:{label:"x"},y:{label:"value"},aspect:.36,tallest:210,legend:[["line grey dash","what comes in"],["line blue","what goes out: 1 − |2h − 1|"],["line purple dot","where it folds"]]},"layers"),s=r.plot({title:"Units for 2ᵏ pieces",x:{label:"hidden layers k",whole:!0},y:{label:"units",log:!0},aspect:1,tallest:400,legend:[["triangle mark orange","one layer: 2ᵏ units"],["circle mark blue","k layers: 2k units"]]},"units");return({k:i,look:o})=>{let n=M(0,1,2**i+1),{t:a,v:h,error:l}=mt(i);t.view([-.02,1.02],[-.08,1.08]),t.line("deep",n,n.map(d=>E(d,i)),"blue"),t.line("one",a,h,"orange dash"),e.view([-.02,1.02],[-.08,1.08]);let c=M(0,1,2**o+1),x=c.map(d=>E(d,o-1)),v=c.filter((d,f)=>f%2===1);e.line("folds",v.flatMap(d=>[d,d,NaN]),v.flatMap(()=>[0,1,NaN]),"purple dot thin"),e.line("in",c,x,"grey dash thin"),e.line("out",c,c.map(d=>E(d,o)),"blue");let p=M(1,j,j);return s.view([.6,j+.4],[1,300]),s.line("wide",p,p.map(d=>2**d),"orange thin"),s.marks("wide marks",p,p.map(d=>2**d),"orange","triangle",5),s.line("deep",p,p.map(d=>2*d),"blue thin"),s.marks("deep marks",p,p.map(d=>2*d),"blue","circle",5),s.marks("here wide",[i],[2**i],"orange open","circle",10),s.marks("here deep",[i],[2*i],"blue open","circle",10),`${i} hidden layer${i>1?"s":""} of two units: ${2*i} units make ${2**i} pieces. One hidden layer needs ${2**i} units for the same function; this broken line, which spends ${a.length-1} there, is off by up to ${y(l)}.`}}},oe=X(ut);export{oe as default,ut as spec};
